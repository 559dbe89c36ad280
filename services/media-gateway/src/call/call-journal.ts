import { Transcript, type CallLogEntry, type FinishedCall, type LiveCallEvent, type TranscriptTurn } from '@karani/call-model'
import type { CallContext } from '@karani/call-context'
import type { ModelUsage } from '@karani/live-model'

/** Entries of one call; a call that produces more keeps its first ones and its end. */
const MAX_ENTRIES = 2_000

type WithoutTime<T> = T extends unknown ? Omit<T, 'atMs'> : never
export type JournalEntry = WithoutTime<CallLogEntry>

/** Writes down what happens in one call: each entry goes to whoever watches live, and all of them into the finished call. */
export class CallJournal {
  readonly #context: CallContext
  readonly #publish: (event: LiveCallEvent) => void
  readonly #startedAt = new Date()
  readonly #startMs = performance.now()
  readonly #entries: CallLogEntry[] = []
  readonly #transcript = new Transcript()
  #closed = false
  readonly #usage = { promptTokens: 0, responseTokens: 0, totalTokens: 0 }

  constructor (context: CallContext, publish: (event: LiveCallEvent) => void) {
    this.#context = context
    this.#publish = publish
    const { agent, line, caller, direction } = context
    this.add({ type: 'opened', agent, line, caller, direction, startedAt: this.#startedAt.toISOString() })
  }

  get elapsedMs (): number { return performance.now() - this.#startMs }

  /** What comes after the end is no part of the call. */
  add (entry: JournalEntry): void {
    if (this.#closed) return
    const timed = { ...entry, atMs: Math.round(this.elapsedMs) } as CallLogEntry
    if (this.#entries.length >= MAX_ENTRIES && timed.type !== 'closed') return
    this.#entries.push(timed)
    this.#publish({ callId: this.#context.callId, entry: timed })
  }

  callerSaid (fragment: string): void { this.#transcript.caller(fragment) }
  clerkSaid (fragment: string): void { this.#transcript.clerk(fragment) }
  callerTurnEnded (): void { this.#addTurns(this.#transcript.endCallerTurn()) }
  clerkTurnEnded (cut: boolean): void { this.#addTurns(this.#transcript.endClerkTurn(cut)) }

  /** Every turn bills its whole context again, so the tokens of a call are the sum over its turns. */
  used (usage: ModelUsage): void {
    this.#usage.promptTokens += usage.promptTokens
    this.#usage.responseTokens += usage.responseTokens
    this.#usage.totalTokens += usage.totalTokens
  }

  finish ({ endedBy, durationMs, costMinor, currency, recordingUrl }: Pick<FinishedCall, 'endedBy' | 'durationMs' | 'costMinor' | 'currency' | 'recordingUrl'>): FinishedCall {
    this.clerkTurnEnded(true)
    this.add({ type: 'closed', endedBy, costMinor, currency })
    this.#closed = true
    const { callId, direction, agent, line, caller } = this.#context
    return {
      callId,
      direction,
      agent,
      line,
      caller,
      startedAt: this.#startedAt.toISOString(),
      endedAt: new Date(this.#startedAt.getTime() + durationMs).toISOString(),
      durationMs,
      endedBy,
      costMinor,
      currency,
      recordingUrl,
      usage: this.#usage,
      entries: this.#entries
    }
  }

  #addTurns (turns: TranscriptTurn[]): void {
    for (const { speaker, text, cut } of turns) this.add(speaker === 'caller' ? { type: 'caller-said', text } : { type: 'clerk-said', text, cut })
  }
}
