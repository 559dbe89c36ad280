import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '@karani/local-stack'
import { Worker } from './worker.ts'

const ROOT = new URL('../', import.meta.url)
const READY_MS = 15_000

export interface Usage { readonly cpuMs: number, readonly atMs: number }
/** `liveBytes` are those of the heap and of buffers that are still needed. */
export interface Memory { readonly liveBytes: number, readonly residentBytes: number }

export interface SubjectOptions {
  readonly name: string
  /** From the root of the checkout. */
  readonly main: string
  /** Of the audio that it sends to the carrier. */
  readonly rateHz: number
  readonly env: Readonly<Record<string, string>>
  /** Where a CPU profile is to be written, if one is. */
  readonly profileFolder?: string | undefined
  /** Paths that open a stream each, for the calls of one round. */
  paths (round: number): Promise<string[]>
}

/** A process under test. Which one it is makes no difference to how it is started and measured. */
export class Subject {
  readonly name: string
  readonly rateHz: number
  readonly #origin: string
  readonly #worker: Worker
  readonly #paths: SubjectOptions['paths']

  private constructor ({ name, main, rateHz, env, profileFolder, paths }: SubjectOptions, port: number) {
    this.name = name
    this.rateHz = rateHz
    this.#origin = `127.0.0.1:${port}`
    this.#paths = paths
    this.#worker = new Worker(fileURLToPath(new URL(main, ROOT)), {
      execArgv: [
        '--enable-source-maps', '--expose-gc', '--import', new URL('usage-probe.mjs', import.meta.url).href,
        ...profileFolder === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profileFolder, '--cpu-prof-name', `${name}.cpuprofile`]
      ],
      env: { PATH: process.env['PATH'], ...env, HOST: '127.0.0.1', PORT: String(port) }
    })
  }

  /** Resolves when it answers. */
  static async start (options: SubjectOptions): Promise<Subject> {
    const subject = new Subject(options, await freePort())
    const deadline = AbortSignal.timeout(READY_MS)
    while (!await subject.#answers()) {
      await subject.usage() // rejects when it has ended
      await sleep(50, null, { signal: deadline })
    }
    return subject
  }

  async streamUrls (round: number): Promise<string[]> {
    return (await this.#paths(round)).map(path => `ws://${this.#origin}${path}`)
  }

  async usage (): Promise<Usage> { return await this.#worker.ask<Usage>('usage') }

  async memory (): Promise<Memory> { return await this.#worker.ask<Memory>('memory') }

  async stop (): Promise<void> { await this.#worker.stop() }

  async #answers (): Promise<boolean> {
    try {
      const response = await fetch(`http://${this.#origin}/readyz`)
      await response.body?.cancel()
      return response.status < 500
    } catch {
      return false
    }
  }
}
