import { parentPort, type TransferListItem } from 'node:worker_threads'
import { SpeechError, type SpeechErrorCode } from './errors.ts'

export type Reply<Answer> = { readonly answer: Answer } | { readonly refusal: { readonly code: SpeechErrorCode, readonly message: string } }

/** Inside a worker: answers the requests of its `WorkerLine`, which sends the next one when the last is answered. */
export function answerRequests<Request, Answer> (answer: (request: Request) => Promise<{ answer: Answer, transfer?: TransferListItem[] }>): void {
  parentPort?.on('message', (request: Request) => {
    answer(request).then(
      ({ answer, transfer = [] }) => { parentPort?.postMessage({ answer } satisfies Reply<Answer>, transfer) },
      (err: unknown) => { parentPort?.postMessage({ refusal: refusalOf(err) } satisfies Reply<Answer>) }
    )
  })
}

function refusalOf (err: unknown): { code: SpeechErrorCode, message: string } {
  return err instanceof SpeechError ? { code: err.code, message: err.message } : { code: 'SPEECH_WORKER_FAILED', message: String(err) }
}
