import type { Recognised, RecogniserRequest } from './recogniser-worker.ts'
import { WorkerLine } from './worker-line.ts'

export type { Recognised } from './recogniser-worker.ts'

const MAX_SAMPLES = 30 * 16_000

const worker = new WorkerLine<RecogniserRequest, Recognised>('recogniser-worker', { maxWaiting: 100 })

/**
 * What one of the sentences of a JSGF grammar was said, 16 kHz mono? All words must be in the recogniser's English dictionary.
 * The smaller the grammar, the surer the answer. About 50 ms of computing per second of speech, in a worker thread; only the
 * first 30 s are heard.
 * @throws SpeechError SPEECH_GRAMMAR_INVALID, SPEECH_QUEUE_FULL, SPEECH_WORKER_FAILED
 */
export async function recognise (samples: Int16Array, grammar: string): Promise<Recognised> {
  return worker.ask({ samples: samples.slice(0, MAX_SAMPLES), grammar })
}
