import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'

declare module 'fastify' { interface FastifyInstance { calls: CallRegistry } }

/** A live call as the process sees it. */
export interface LiveCall {
  /** Says goodbye and hangs up. */
  shutdown (): void
}

/** Room for one call, taken before its handshake is answered: `call` is null until the socket is open. */
export interface Place { call: LiveCall | null }

/** The calls of this process, those whose socket is about to open included. */
export class CallRegistry {
  readonly #maxCalls: number
  readonly #places = new Set<Place>()
  #open = true
  #emptied: (() => void) | null = null

  constructor (maxCalls: number) { this.#maxCalls = maxCalls }

  get size (): number { return this.#places.size }

  /** Null when all places are taken, or the process is going away. */
  take (): Place | null {
    if (!this.#open || this.#places.size >= this.#maxCalls) return null
    const place: Place = { call: null }
    this.#places.add(place)
    return place
  }

  free (place: Place): void {
    this.#places.delete(place)
    if (this.#places.size === 0) this.#emptied?.()
  }

  /** Lets no call in, and waits for the live ones. Those still there after `timeoutMs` are told goodbye and given `graceMs`. @returns how many were cut */
  async drain (timeoutMs: number, graceMs: number): Promise<number> {
    this.#open = false
    if (await this.#empty(timeoutMs)) return 0
    const cut = this.#places.size
    for (const { call } of this.#places) call?.shutdown()
    await this.#empty(graceMs)
    return cut
  }

  async #empty (timeoutMs: number): Promise<boolean> {
    if (this.#places.size === 0) return true
    return await new Promise(resolve => {
      const timer = setTimeout(() => resolve(false), timeoutMs)
      this.#emptied = () => { clearTimeout(timer); resolve(true) }
    })
  }
}

/** How long a call that is told goodbye at shutdown may take to end: the words, a hang-up without effect, a close without an answer. */
const GOODBYE_GRACE_MS = 12_000

/** Adds `app.calls`. On close no new call enters and live ones run to their end, at most `drainTimeoutMs`. */
async function calls (app: FastifyInstance, { drainTimeoutMs, maxCalls }: { drainTimeoutMs: number, maxCalls: number }): Promise<void> {
  const registry = new CallRegistry(maxCalls)
  app.decorate('calls', registry)
  app.addHook('preClose', async () => {
    const cut = await registry.drain(drainTimeoutMs, GOODBYE_GRACE_MS)
    if (cut > 0) app.log.warn({ cut, drainTimeoutMs }, 'calls cut at shutdown')
  })
}
export default fp(calls, { name: 'calls', fastify: '5.x' })
