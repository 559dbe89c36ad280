import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createWriteStream, type WriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { ChildNotReadyError } from '../errors.ts'
import { onPath } from './on-path.ts'

const KEPT_LINES = 20
const LAST_OUTPUT_MS = 250

export interface ChildOptions {
  /** For people: `Redis`, `media-gateway`. */
  name: string
  command: string
  args: string[]
  env?: NodeJS.ProcessEnv
  cwd?: string
  uid?: number
  /** Everything the child prints goes here, anew at each start. */
  logFile?: string
  /** Asks the child to end, at `stop` and when this process dies. Default SIGTERM. */
  stopSignal?: NodeJS.Signals
  /** Ends the child when this process was killed and could not. Default: `stopSignal`. */
  orphanSignal?: NodeJS.Signals
}

/**
 * A server that lives and dies with this process. It has its own process group, so Ctrl-C reaches only us and the stop is in
 * order. When this process is killed, the kernel ends the child (Linux, by `setpriv --pdeathsig`); elsewhere the next start
 * clears it by its pid file.
 */
export class Child {
  readonly pid: number
  /** Settles when the child is gone and its log is written, with how it ended: `exit code 1`, `signal SIGKILL`. Never rejects. */
  readonly ended: Promise<string>
  readonly #name: string
  readonly #process: ChildProcess
  readonly #stopSignal: NodeJS.Signals
  readonly #orphanSignal: NodeJS.Signals
  readonly #log: WriteStream | null
  readonly #lastLines: string[] = []
  #onLine: (line: string) => void = () => {}

  constructor ({ name, command, args, env, cwd, uid, logFile, stopSignal = 'SIGTERM', orphanSignal = stopSignal }: ChildOptions) {
    const [file, ...rest] = dyingWithUs(orphanSignal, [command, ...args])
    this.#name = name
    this.#stopSignal = stopSignal
    this.#orphanSignal = orphanSignal
    this.#log = logFile === undefined ? null : createWriteStream(logFile, { mode: 0o600 })
    this.#log?.on('error', () => {}) // a full disk must not end the stack
    this.#process = spawn(file as string, rest, {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(env !== undefined && { env }),
      ...(cwd !== undefined && { cwd }),
      ...(uid !== undefined && { uid, gid: uid })
    })
    this.pid = this.#process.pid ?? -1
    this.ended = new Promise(resolve => {
      const settle = (how: string) => {
        alive.delete(this)
        if (this.#log === null) resolve(how)
        else this.#log.end(() => resolve(how)) // the log is whole by then, or its disk is full
      }
      this.#process.once('error', err => settle(err.message))
      this.#process.once('exit', (code, signal) => {
        const how = signal === null ? `exit code ${code}` : `signal ${signal}`
        this.#process.once('close', () => settle(how))
        setTimeout(settle, LAST_OUTPUT_MS, how).unref() // a grandchild may hold the output open
      })
    })
    alive.add(this)
    for (const output of [this.#process.stdout, this.#process.stderr]) {
      if (output !== null) createInterface({ input: output }).on('line', line => this.#hear(line))
    }
  }

  get isRunning (): boolean {
    return alive.has(this)
  }

  /** What it printed last, for messages: a line break and the lines, or nothing. */
  get lastWords (): string {
    return this.#lastLines.map(line => `\n  ${line}`).join('')
  }

  /** Resolves when a line that the child prints, or has just printed, matches. Rejects with its last words when it ends, or stays silent, first. */
  async saying (pattern: RegExp, timeoutMs: number): Promise<void> {
    const said = new Promise<void>(resolve => {
      this.#onLine = line => { if (pattern.test(line)) resolve() }
      this.#lastLines.forEach(this.#onLine)
    })
    await this.readyWhen(said, timeoutMs)
  }

  /** Waits for `ready`. Rejects with the child's last words when the child ends, or `timeoutMs` passes, first. */
  async readyWhen (ready: Promise<unknown>, timeoutMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<string>(resolve => { timer = setTimeout(resolve, timeoutMs, `was not ready after ${timeoutMs / 1000} s`) })
    const why = await Promise.race([ready.then(() => null), late, this.ended.then(how => `ended at start (${how})`)])
    clearTimeout(timer)
    if (why !== null) throw new ChildNotReadyError(this.#name, why, this.lastWords)
  }

  kill (signal: NodeJS.Signals): void {
    if (this.isRunning) this.#process.kill(signal)
  }

  /** Asks it to end, also when it is frozen; after `graceMs` it is killed. Resolves when it is gone. */
  async stop (graceMs = 5_000): Promise<void> {
    this.kill(this.#stopSignal)
    this.kill('SIGCONT')
    const timer = setTimeout(() => this.kill('SIGKILL'), graceMs)
    await this.ended
    clearTimeout(timer)
  }

  /** For this process's last moment, when nothing can be awaited. */
  abandon (): void {
    this.kill(this.#orphanSignal)
  }

  #hear (line: string): void {
    this.#log?.write(`${line}\n`)
    this.#lastLines.push(line)
    if (this.#lastLines.length > KEPT_LINES) this.#lastLines.shift()
    this.#onLine(line)
  }
}

const alive = new Set<Child>()
process.on('exit', () => { for (const child of alive) child.abandon() })

let setpriv: string | null | undefined

/** The kernel sends `signal` to the command when this process dies, however it dies. */
function dyingWithUs (signal: NodeJS.Signals, command: string[]): string[] {
  setpriv ??= findSetpriv()
  return setpriv === null ? command : [setpriv, '--pdeathsig', signal.replace('SIG', ''), ...command]
}

/** util-linux has it; a setpriv without that option (BusyBox) does not count. */
function findSetpriv (): string | null {
  const program = onPath(['setpriv'])
  return program !== null && spawnSync(program, ['--pdeathsig', 'TERM', 'true']).status === 0 ? program : null
}
