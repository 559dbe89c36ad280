import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { SpeechError } from './errors.ts'
import type { Reply } from './worker-door.ts'

interface Waiting<Request, Answer> {
  readonly request: Request
  readonly resolve: (answer: Answer) => void
  readonly reject: (reason: Error) => void
}

/**
 * A worker thread and the line in front of it: one request at a time, in order, at most `maxWaiting` of them.
 * The thread starts with the first request, keeps the process alive only while somebody waits, and is replaced when it dies.
 */
export class WorkerLine<Request, Answer> {
  readonly #file: URL
  readonly #maxWaiting: number
  #worker: Worker | undefined
  readonly #waiting: Array<Waiting<Request, Answer>> = []

  /** `module` is the worker's file beside this one, without its extension: TypeScript in `src`, JavaScript in `dist`. */
  constructor (module: string, { maxWaiting }: { maxWaiting: number }) {
    this.#file = new URL(`./${module}${extname(import.meta.url)}`, import.meta.url)
    this.#maxWaiting = maxWaiting
  }

  /** @throws SpeechError SPEECH_QUEUE_FULL, SPEECH_WORKER_FAILED, or what the worker refuses the request with */
  async ask (request: Request): Promise<Answer> {
    if (this.#waiting.length >= this.#maxWaiting) throw new SpeechError('SPEECH_QUEUE_FULL', `${this.#maxWaiting} requests are waiting for speech`)
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject })
      if (this.#waiting.length === 1) this.#next()
    })
  }

  #next (): void {
    const first = this.#waiting[0]
    if (first === undefined) return this.#worker?.unref()
    this.#worker ??= this.#start()
    this.#worker.ref()
    this.#worker.postMessage(first.request)
  }

  #start (): Worker {
    const worker = startWorker(this.#file)
    worker.on('message', (reply: Reply<Answer>) => {
      const first = this.#waiting.shift()
      if ('answer' in reply) first?.resolve(reply.answer)
      else first?.reject(new SpeechError(reply.refusal.code, reply.refusal.message))
      this.#next()
    })
    worker.on('error', () => {}) // an 'exit' follows
    worker.on('exit', () => {
      this.#worker = undefined
      for (const { reject } of this.#waiting.splice(0)) reject(new SpeechError('SPEECH_WORKER_FAILED', 'the speech worker ended'))
    })
    return worker
  }
}

/** Where TypeScript runs through tsx: it does not reach into worker threads unless it is asked there. */
function startWorker (file: URL): Worker {
  if (!process.execArgv.some((argument) => argument.includes('tsx'))) return new Worker(file)
  const tsx = import.meta.resolve('tsx/esm/api')
  return new Worker(`import('${tsx}').then(({ register }) => { register(); return import('${file.href}') })`, { eval: true })
}
