import type { CarrierFacts, ModelPermits } from '@karani/call-context'
import type { OpenAttempt, Records } from '@karani/records'
import type { SautikitClient, SautikitError } from '@karani/sautikit'
import { callOutcome, isConversation, readCallEnd, retryAt, type CallEnd } from './call-outcome.ts'

export interface CallEndsOptions {
  readonly records: Records
  readonly sautikit: SautikitClient
  readonly facts: CarrierFacts
  readonly permits: ModelPermits
}

/** `gone`: the carrier knows no such call. */
export type Learnt = 'ended' | 'live' | 'gone'

/**
 * Learns how calls ended that we placed. A callback, in whatever order and how often it comes, is only a hint that it is worth asking:
 * what became of the call is what the carrier says when asked, and what the tools wrote in it.
 */
export class CallEnds {
  readonly #options: CallEndsOptions

  constructor (options: CallEndsOptions) { this.#options = options }

  /** After something was heard of a call, by any of its names. Nothing for one that we did not place. */
  async heardOf (callId: string): Promise<void> {
    const { records, facts } = this.#options
    const names = await facts.namesOf(callId)
    const attempt = await records.write(async ({ dialWatch }) => await dialWatch.attemptOf([...names]))
    if (attempt === undefined || attempt.state === 'withdrawn' || attempt.state === 'reserved') return
    if (attempt.state === 'ended' && !attempt.conversation) return // nothing can be written in it any more
    await this.learn(attempt)
  }

  /** Also of one that has ended: what was written in a call may be known after its end. */
  async learn (attempt: Pick<OpenAttempt, 'attemptId' | 'carrierCallIds'>): Promise<Learnt> {
    const names = await this.#namesOf(attempt)
    const carriers = names.filter(name => name !== attempt.attemptId)
    const call = await this.#ask(carriers)
    if (call === null) return 'gone'
    const end = readCallEnd(call)
    if (end === null) return 'live'
    const own = [call.session_id, call.id].filter(name => typeof name === 'string') // what a tool wrote may be under either
    await this.#end(attempt.attemptId, [...new Set([...names, ...own])], end)
    return 'ended'
  }

  async #end (attemptId: string, names: string[], end: CallEnd): Promise<void> {
    const { records, permits } = this.#options
    await records.write(async ({ dialLedger, dialWatch }) => {
      const written = await dialWatch.writtenIn(names)
      const outcome = callOutcome(end, written)
      await dialLedger.posted(attemptId, names.filter(name => name !== attemptId))
      await dialLedger.end(attemptId, {
        outcome,
        conversation: isConversation(end, outcome),
        costMinor: end.costMinor,
        currency: end.currency,
        again: (tries, at) => outcome === 'callback' ? written.callAgainAt : retryAt(outcome, tries, at)
      })
    })
    await permits.release(attemptId).catch(() => {}) // its lease runs out
  }

  /** Those of the ledger, and those of callbacks; Redis may have lost the latter. */
  async #namesOf ({ attemptId, carrierCallIds }: Pick<OpenAttempt, 'attemptId' | 'carrierCallIds'>): Promise<string[]> {
    const linked = await this.#options.facts.namesOf(attemptId).catch(() => [])
    return [...new Set([attemptId, ...carrierCallIds, ...linked])]
  }

  async #ask (carriersNames: readonly string[]) {
    const [name] = carriersNames
    if (name === undefined) return null
    try {
      return await this.#options.sautikit.getCall(name)
    } catch (err) {
      if ((err as SautikitError).status === 404) return null
      throw err
    }
  }
}
