import type { LiveCallEvent } from '@karani/call-model'
import { callLines, ringLines, type Page, type Ring } from './call-lines.ts'

/** Prints the events of all calls as one text. Where the text goes from one call to another, a heading says so. */
export class LiveDisplay {
  readonly #page: Page
  readonly #print: (line: string) => void
  readonly #businessOf: (line: string) => string
  readonly #live = new Set<string>()
  readonly #waiting = new Map<string, () => void>()
  #shown: string | null = null

  constructor ({ page, print, businessOf }: { page: Page, print: (line: string) => void, businessOf: (line: string) => string }) {
    this.#page = page
    this.#print = print
    this.#businessOf = businessOf
  }

  /** A call that was placed from here rings; one from elsewhere is shown to ring when it is answered. */
  ring (callId: string, ring: Omit<Ring, 'business'>): void {
    if (this.#live.has(callId)) return
    this.#live.add(callId)
    this.#write(callId, ringLines({ ...ring, business: this.#businessOf(ring.line) }, this.#page))
  }

  show ({ callId, entry }: LiveCallEvent): void {
    if (entry.type === 'opened') this.ring(callId, { from: entry.caller, line: entry.line })
    this.#write(callId, callLines(entry, this.#page))
    if (entry.type === 'closed') this.end(callId)
  }

  /** The call is over, as its log or the carrier says. */
  end (callId: string): void {
    this.#live.delete(callId)
    this.#waiting.get(callId)?.()
    this.#waiting.delete(callId)
  }

  /** Resolves when the call is over. */
  async ended (callId: string): Promise<void> {
    if (this.#live.has(callId)) await new Promise<void>(resolve => this.#waiting.set(callId, resolve))
  }

  #write (callId: string, lines: string[]): void {
    if (lines.length === 0) return
    const heading = this.#live.size > 1 && this.#shown !== callId ? [this.#page.colors.dim(`— call ${callId} —`)] : []
    for (const line of [...heading, ...lines]) this.#print(line)
    this.#shown = callId
  }
}
