import { fileURLToPath } from 'node:url'
import createModule, { type Decoder, type Segment } from 'soundswallower'
import { SpeechError } from './errors.ts'
import { answerRequests } from './worker-door.ts'

export interface RecogniserRequest {
  /** 16 kHz mono. */
  readonly samples: Int16Array
  readonly grammar: string
}

export interface Recognised {
  /** In lower case, words as in the grammar; empty when nothing in the grammar fits. */
  readonly text: string
  /** Of the weakest word, 0 to 1. A grammar recogniser always finds something: below about 0.84 it is more likely wrong than right. */
  readonly confidence: number
}

/** Wider than the recogniser's own beams: more of what was not said keeps competing, so that confidence means more, for twice the work. */
const BEAMS = { beam: 1e-80, pbeam: 1e-80, wbeam: 1e-56 }

/** Of what is audible, the part that the words must account for. In noise the recogniser finds one short word, sure of it; real words cover over 0.9. */
const LEAST_COVERED = 0.7
/** Audible is what is at most 25 dB weaker than the loudest. */
const AUDIBLE = 1 / 316
const FRAME_MS = 20
const FRAME = 320

const decoder = startDecoder()
let grammarSet = ''

async function startDecoder (): Promise<Decoder> {
  const modelBase = fileURLToPath(new URL('model/', import.meta.resolve('soundswallower')))
  const soundswallower = await createModule({ modelBase } as Parameters<typeof createModule>[0])
  const decoder = new soundswallower.Decoder({ loglevel: 'FATAL', samprate: 16_000, ...BEAMS })
  await decoder.initialize()
  return decoder
}

function setGrammar (decoder: Decoder, grammar: string): void {
  if (grammar === grammarSet) return
  grammarSet = ''
  const unknown = wordsIn(grammar).filter((word) => !decoder.lookup_word(word))
  if (unknown.length > 0) throw new SpeechError('SPEECH_GRAMMAR_INVALID', `not in the dictionary: ${unknown.join(', ')}`)
  try {
    decoder.set_grammar(grammar)
  } catch (err) {
    throw new SpeechError('SPEECH_GRAMMAR_INVALID', `the recogniser refuses the grammar: ${String(err)}`)
  }
  grammarSet = grammar
}

/** The recogniser itself leaves out, without a word, what it does not know. */
function wordsIn (grammar: string): string[] {
  return grammar.replace(/^#JSGF[^;]*;|\bgrammar\b[^;]*;|\bpublic\b|<[^>]*>/g, ' ').match(/[a-z][a-z']*/gi) ?? []
}

async function recognise ({ samples, grammar }: RecogniserRequest): Promise<Recognised> {
  const ready = await decoder
  setGrammar(ready, grammar)
  ready.start()
  ready.process_audio(Float32Array.from(samples, (sample) => sample / 32_768), false, true)
  ready.stop()
  const text = ready.get_text()
  const words = text === '' ? [] : wordsOf(ready.get_alignment())
  const spokenMs = words.reduce((sum, word) => sum + word.d * 1000, 0)
  if (words.length === 0 || spokenMs < LEAST_COVERED * audibleMs(samples)) return { text: '', confidence: 0 }
  return { text, confidence: Math.min(...words.map((word) => word.p)) }
}

function audibleMs (samples: Int16Array): number {
  const powers = Array.from({ length: Math.floor(samples.length / FRAME) }, (_, n) =>
    samples.subarray(n * FRAME, (n + 1) * FRAME).reduce((sum, sample) => sum + sample * sample, 0))
  const least = Math.max(...powers) * AUDIBLE
  return powers.filter((power) => power > least).length * FRAME_MS
}

/** Without grammar nodes `(NULL)`, silence `<sil>` and noise `[NOISE]`. */
function wordsOf (alignment: Segment): Segment[] {
  return (alignment.w ?? []).filter((word) => /^\w/.test(word.t))
}

answerRequests<RecogniserRequest, Recognised>(async (request) => ({ answer: await recognise(request) }))
