import type { Verb } from './voice-actions.ts'

/** What the carrier saw and did in one call. `atMs` is milliseconds since the call began. */
export type CallFact =
  | { type: 'webhook-sent', url: string, purpose: string, headers: Record<string, string>, body: string }
  /** `status` is null when no answer came: `reason` says why. */
  | { type: 'webhook-answered', url: string, purpose: string, status: number | null, contentType: string, body: string, tookMs: number, reason?: string }
  | { type: 'document', actions: readonly Verb[] }
  | { type: 'answered' }
  | { type: 'verb', verb: Verb }
  | { type: 'said', text: string }
  | { type: 'played', url: string }
  | { type: 'digits', digits: string }
  | { type: 'dialled', number: string }
  | { type: 'dial-ended', number: string, outcome: 'answered' | 'busy' | 'no answer' | 'gone' }
  | { type: 'recorded', durationMs: number }
  | { type: 'stream-dialled', url: string }
  | { type: 'stream-opened' }
  | { type: 'stream-failed', reason: string }
  | { type: 'text-sent', text: string }
  | { type: 'backlog-sent', bytes: number }
  /** The media server reads too slowly: the backlog was thrown away. */
  | { type: 'overrun' }
  | { type: 'audio-received', bytes: number }
  | { type: 'text-received', text: string }
  /** killAudio had an effect: this much was dropped. */
  | { type: 'killed', droppedMs: number }
  | { type: 'stream-closed', by: 'server' | 'carrier', code: number }
  | { type: 'redirected', url: string }
  | { type: 'ended', by: string, cause: string, durationSeconds: number, costMinor: number }
  /** Somebody broke the protocol: what a strict peer would complain of. */
  | { type: 'fault', what: string }

export type CallLogEntry = CallFact & { readonly atMs: number }
export type CallFactType = CallFact['type']
type EntryOf<T extends CallFactType> = Extract<CallLogEntry, { type: T }>

/** Append-only: the oracle of tests. */
export class CallLog {
  readonly #entries: CallLogEntry[] = []
  readonly #startMs = performance.now()
  readonly #watchers = new Set<(entry: CallLogEntry) => void>()
  #onClosed: Array<() => void> = []
  #closed = false

  get entries (): readonly CallLogEntry[] { return this.#entries }

  get nowMs (): number { return performance.now() - this.#startMs }

  add (fact: CallFact): void {
    const entry = { atMs: this.nowMs, ...fact }
    this.#entries.push(entry)
    for (const watcher of this.#watchers) watcher(entry)
  }

  all<T extends CallFactType> (type: T): Array<EntryOf<T>> {
    return this.#entries.filter((entry): entry is EntryOf<T> => entry.type === type)
  }

  /** Calls `watcher` for each entry from now on. Returns what stops it. */
  watch (watcher: (entry: CallLogEntry) => void): () => void {
    this.#watchers.add(watcher)
    return () => { this.#watchers.delete(watcher) }
  }

  /** The first entry of `type` that `fits`, already there or still to come. Rejects when the call is over without one. */
  async has<T extends CallFactType> (type: T, fits: (entry: EntryOf<T>) => boolean = () => true): Promise<EntryOf<T>> {
    const found = this.all(type).find(fits)
    if (found !== undefined) return found
    return await new Promise((resolve, reject) => {
      const stop = this.watch(entry => {
        if (entry.type !== type || !fits(entry as EntryOf<T>)) return
        stop()
        resolve(entry as EntryOf<T>)
      })
      this.#whenClosed(() => {
        stop()
        reject(new Error(`the call ended without '${type}'`))
      })
    })
  }

  /** No entry will follow. */
  close (): void {
    this.#closed = true
    for (const tell of this.#onClosed) tell()
    this.#onClosed = []
  }

  #whenClosed (tell: () => void): void {
    if (this.#closed) tell()
    else this.#onClosed.push(tell)
  }
}
