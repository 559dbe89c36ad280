/** What one session saw: an append-only record that tests ask instead of the client. */
export class SessionLog {
  readonly entries: SessionEvent[] = []
  readonly #now: () => number
  readonly #watchers = new Set<(event: SessionEvent) => void>()

  constructor (now: () => number) {
    this.#now = now
  }

  /** A session that runs for hours forgets the older half of more than 20,000 events. */
  add (fact: SessionFact): void {
    const event = { ...fact, atMs: this.#now() }
    if (this.entries.length >= MAX_EVENTS) this.entries.splice(0, MAX_EVENTS / 2)
    this.entries.push(event)
    for (const watcher of this.#watchers) watcher(event)
  }

  all<T extends SessionFact['type']> (type: T): Array<SessionEvent<T>> {
    return this.entries.filter((event): event is SessionEvent<T> => event.type === type)
  }

  /** The `nth` event of this type (from 1), now or when it happens. */
  until<T extends SessionFact['type']> (type: T, nth = 1): Promise<SessionEvent<T>> {
    return new Promise((resolve) => {
      const look = (): boolean => {
        const found = this.all(type)[nth - 1]
        if (found === undefined) return false
        this.#watchers.delete(look)
        resolve(found)
        return true
      }
      if (!look()) this.#watchers.add(look)
    })
  }
}

const MAX_EVENTS = 20_000

export type SessionEvent<T extends SessionFact['type'] = SessionFact['type']> = Extract<SessionFact, { type: T }> & { readonly atMs: number }

export type SessionFact =
  // From the client
  | { readonly type: 'setup', readonly setup: unknown }
  | { readonly type: 'audio-started', readonly mimeType: string }
  | { readonly type: 'text', readonly text: string }
  | { readonly type: 'client-content', readonly text: string, readonly turnComplete: boolean, readonly history: boolean }
  | { readonly type: 'tool-response', readonly id: string, readonly name: string, readonly response: Readonly<Record<string, unknown>>, readonly verdict: Verdict }
  | { readonly type: 'audio-stream-end' }
  | { readonly type: 'activity', readonly edge: 'start' | 'end' }
  | { readonly type: 'context-update' }
  /** The connection ended, by whoever; 1006 without a close frame. */
  | { readonly type: 'closed', readonly code: number, readonly reason: string }
  // What the emulator noticed or did; of these only some are messages
  | { readonly type: 'speech-started' }
  | { readonly type: 'speech-ended', readonly startMs: number, readonly endMs: number }
  | { readonly type: 'ready' }
  | { readonly type: 'turn-opened' }
  | { readonly type: 'heard', readonly text: string }
  | { readonly type: 'said', readonly text: string }
  /** The first audio of a turn went out. */
  | { readonly type: 'speaking' }
  | { readonly type: 'generation-complete', readonly audioMs: number }
  | { readonly type: 'turn-complete', readonly audioMs: number }
  | { readonly type: 'interrupted', readonly audioMs: number }
  | { readonly type: 'tool-call', readonly id: string, readonly name: string, readonly args: Readonly<Record<string, unknown>> }
  | { readonly type: 'tool-cancelled', readonly id: string }
  | { readonly type: 'go-away' }
  /** The emulator closed, because of what the client sent or as it was told to. */
  | { readonly type: 'refused', readonly code: number, readonly reason: string }
  | { readonly type: 'brain-failed', readonly error: unknown }

/** What became of a tool response: only `accepted` ones reach the brain. */
export type Verdict = 'accepted' | 'duplicate' | 'cancelled' | 'unknown'
