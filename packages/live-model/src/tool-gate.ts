import type { ServerMessage } from './server-message.ts'

/** A function that nobody answers must not leave the caller unheard for the rest of the call. */
const MAX_CLOSED_MS = 10_000
/** Settled ids that are remembered, the newest: a repeated call of one of them gets no second answer to wait for. */
const MAX_SETTLED = 1_000

/**
 * Holds caller audio back while a blocking model waits for its functions: audio in that time closes the session or runs the
 * function twice. What is held back is dropped, not queued: it would arrive as stale speech.
 */
export class ToolGate {
  readonly #open = new Set<string>()
  readonly #settled = new Set<string>()
  #closedAtMs = 0

  /** A message of the model's: calls close the gate, cancellations settle them. */
  see ({ toolCall, toolCallCancellation }: ServerMessage, nowMs: number): void {
    if (toolCall !== undefined) this.#closedAtMs = nowMs
    for (const { id } of toolCall?.functionCalls ?? []) if (!this.#settled.has(id)) this.#open.add(id)
    this.settled(toolCallCancellation?.ids ?? [])
  }

  /** Answered or cancelled. */
  settled (ids: readonly string[]): void {
    for (const id of ids) {
      this.#open.delete(id)
      this.#settled.add(id)
      if (this.#settled.size > MAX_SETTLED) this.#settled.delete(this.#settled.values().next().value!)
    }
  }

  holds (nowMs: number): boolean {
    if (this.#open.size > 0 && nowMs - this.#closedAtMs >= MAX_CLOSED_MS) this.#open.clear()
    return this.#open.size > 0
  }
}
