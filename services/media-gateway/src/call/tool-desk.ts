import type { ToolAnswer, ToolCall } from '@karani/live-model'

export type ToolOutcome = 'ok' | 'refused' | 'unavailable' | 'timeout' | 'cancelled' | 'unknown-tool' | 'over-limit'

export interface ToolResult { readonly outcome: ToolOutcome, readonly response: ToolAnswer['response'] }

export interface ToolDeskPorts {
  /** Carries out one call in tools-service. Rejects when it cannot be reached, or with an AbortError. */
  run (call: ToolCall, signal: AbortSignal): Promise<ToolResult>
  /** `write`: never cancelled; null: the agent has no such tool. */
  effectOf (name: string): 'read' | 'write' | null
  answered (call: ToolCall, result: ToolResult, durationMs: number): void
  /** The first of some calls runs, or the last of them has been answered. */
  waiting (waits: boolean): void
  /** A write whose function call the model has forgotten took effect all the same: the caller must hear of it. */
  lateWrite (call: ToolCall, result: ToolResult): void
}

export interface ToolLimits {
  readonly timeoutMs: number
  /** For tools that take longer when all is well. */
  readonly longer?: Readonly<Record<string, number>>
  readonly maxCalls: number
  readonly maxConcurrent: number
  /** Tools by which the clerk gets out of the call: for them both limits are twice as high. */
  readonly waysOut: readonly string[]
}

/** Ids that are remembered; beyond them a repeated call is refused once more instead of ignored. */
const MAX_REMEMBERED = 1_000

interface OpenCall { readonly call: ToolCall, readonly abort: AbortController, readonly startedAt: number, timer?: NodeJS.Timeout, forgotten: boolean, answered: boolean, awaited: boolean }

/**
 * The tool calls of one phone call. Every id is answered exactly once, whatever happens: result, error, time-out, cancellation.
 * A cancelled read is aborted and answered as cancelled; a cancelled write runs on, and its result reaches the caller.
 */
export class ToolDesk {
  readonly #ports: ToolDeskPorts
  readonly #limits: ToolLimits
  readonly #calls = new Map<string, OpenCall>()
  #running = 0
  /** Calls that run and are not answered yet. */
  #awaited = 0

  constructor (ports: ToolDeskPorts, limits: ToolLimits) {
    this.#ports = ports
    this.#limits = limits
  }

  /** An id that was seen before is ignored: its answer is on its way or was given. */
  take (call: ToolCall): void {
    if (this.#calls.has(call.id)) return
    const open: OpenCall = { call, abort: new AbortController(), startedAt: performance.now(), forgotten: false, answered: false, awaited: false }
    if (this.#calls.size < MAX_REMEMBERED) this.#calls.set(call.id, open)
    if (this.#ports.effectOf(call.name) === null) this.#answer(open, failure('unknown-tool', 'There is no such function.'))
    else if (this.#isOverLimit(call.name)) this.#answer(open, failure('over-limit', 'Too many lookups. Continue with what you know, or offer a person.'))
    else void this.#run(open)
  }

  cancel (ids: readonly string[]): void {
    for (const id of ids) {
      const open = this.#calls.get(id)
      if (open === undefined || open.answered) continue
      if (this.#ports.effectOf(open.call.name) === 'write') open.forgotten = true
      else this.#settle(open, failure('cancelled', 'The caller interrupted.'))
    }
  }

  /** The phone call is over: reads are aborted, writes run to their end, nobody is answered any more. */
  close (): void {
    for (const open of this.#calls.values()) {
      clearTimeout(open.timer)
      open.answered = true
      if (this.#ports.effectOf(open.call.name) !== 'write') open.abort.abort()
    }
  }

  #isOverLimit (name: string): boolean {
    const { maxCalls, maxConcurrent, waysOut } = this.#limits
    const factor = waysOut.includes(name) ? 2 : 1
    return this.#calls.size > maxCalls * factor || this.#running >= maxConcurrent * factor
  }

  async #run (open: OpenCall): Promise<void> {
    this.#running++
    open.awaited = true
    if (this.#awaited++ === 0) this.#ports.waiting(true)
    open.timer = setTimeout(() => {
      this.#settle(open, failure('timeout', 'That is taking too long. The outcome is not known yet.'))
    }, this.#limits.longer?.[open.call.name] ?? this.#limits.timeoutMs)
    try {
      this.#answer(open, await this.#ports.run(open.call, open.abort.signal))
    } catch {
      this.#answer(open, failure('unavailable', 'This is temporarily unavailable.'))
    } finally {
      clearTimeout(open.timer)
      this.#running--
    }
  }

  #settle (open: OpenCall, result: ToolResult): void {
    this.#answer(open, result)
    if (this.#ports.effectOf(open.call.name) !== 'write') open.abort.abort()
  }

  #answer (open: OpenCall, result: ToolResult): void {
    if (open.answered) return
    open.answered = true
    if (open.awaited && --this.#awaited === 0) this.#ports.waiting(false)
    this.#ports.answered(open.call, result, performance.now() - open.startedAt)
    if (open.forgotten) this.#ports.lateWrite(open.call, result)
  }
}

function failure (outcome: ToolOutcome, message: string): ToolResult {
  return { outcome, response: { error: { code: outcome.toUpperCase().replace('-', '_'), message } } }
}
