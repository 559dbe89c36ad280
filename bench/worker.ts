import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'

export interface WorkerOptions { readonly execArgv: readonly string[], readonly env?: NodeJS.ProcessEnv }

/** A process of the bench that answers one question after the other. It ends when its channel does, so it does not outlive us. */
export class Worker {
  readonly #process: ChildProcess
  readonly #exit: Promise<never>

  constructor (file: string, { execArgv, env = process.env }: WorkerOptions) {
    this.#process = fork(file, { execArgv: [...execArgv], env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    this.#exit = once(this.#process, 'exit').then(([code]) => { throw new Error(`${file} has ended with ${code}`) })
    this.#exit.catch(() => { /* told to whoever asks */ })
  }

  /** Rejects when the process has ended, or ends instead of answering. */
  async ask<Answer> (question: object | string): Promise<Answer> {
    if (this.#process.connected) this.#process.send(question)
    const [answer] = await Promise.race([once(this.#process, 'message'), this.#exit])
    return answer as Answer
  }

  async stop (): Promise<void> {
    if (this.#process.connected) this.#process.disconnect()
    await this.#exit.catch(() => {})
  }
}
