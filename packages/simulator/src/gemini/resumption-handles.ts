import { randomBytes } from 'node:crypto'
import { invalid, Refusal } from './messages/refusal.ts'

/** Handles that are remembered; older ones are invalid. */
const MAX_HANDLES = 10_000

/** The resumption handles of one emulator: which session each stands for, and whether that one is still connected. */
export class ResumptionHandles {
  readonly #sessions = new Map<string, string>()
  readonly #connected = new Set<string>()

  connected (sessionId: string): void { this.#connected.add(sessionId) }

  disconnected (sessionId: string): void { this.#connected.delete(sessionId) }

  issue (sessionId: string): string {
    const handle = randomBytes(24).toString('base64url')
    this.#sessions.set(handle, sessionId)
    const [oldest] = this.#sessions.keys()
    if (this.#sessions.size > MAX_HANDLES && oldest !== undefined) this.#sessions.delete(oldest)
    return handle
  }

  /**
   * The session that `handle` continues.
   * @throws Refusal 1007 for an unknown handle, 1011 while the old connection is open
   */
  redeem (handle: string): string {
    const sessionId = this.#sessions.get(handle)
    if (sessionId === undefined) throw invalid('Invalid session handle.')
    if (this.#connected.has(sessionId)) throw new Refusal(1011, 'Internal error encountered.')
    return sessionId
  }
}
