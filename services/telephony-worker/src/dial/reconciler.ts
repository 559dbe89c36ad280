import type { FastifyBaseLogger } from 'fastify'
import type { CarrierFacts, ModelPermits } from '@karani/call-context'
import type { OpenAttempt, Records } from '@karani/records'
import type { CarrierCall, SautikitClient } from '@karani/sautikit'
import { codeOf } from '../error-code.ts'
import type { CallEnds } from './call-ends.ts'
import { afterLoss } from './call-outcome.ts'

export interface ReconcilerOptions {
  readonly records: Records
  readonly sautikit: SautikitClient
  readonly facts: CarrierFacts
  readonly permits: ModelPermits
  readonly ends: CallEnds
  /** Puts wishes for leads into the queue. */
  readonly request: (leads: ReadonlyArray<{ readonly leadId: string, readonly attempts: number }>) => Promise<void>
  readonly log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>
}

const OUTBOX_BATCH = 500
/** Between a reservation and the request there are milliseconds. */
const LOST_AFTER_S = 30
/** The request itself may take a few seconds. */
const UNANSWERED_AFTER_S = 10
/** As long as the carrier may still tell of a call by itself. */
const NO_SIGN_MS = 90_000
/** If the carrier cannot even be asked. */
const UNHEARD_MS = 15 * 60_000
/** By then most calls that nobody answered are over; and how often a call is asked for. */
const ASK_AFTER_S = 90
const ASK_EVERY_S = 60
/** The longest call, its ringing and a minute. */
const LONGEST_CALL_MS = 18 * 60_000
/** A payment that the call began is settled or given up by then. */
const SETTLED_AFTER_S = 180
/** The carrier's clock is not ours. */
const SKEW_MS = 60_000

/**
 * Goes after what the ledger has left open, whoever left it. Any number may run: each takes rows that no other has. Nothing here places a
 * call; what nobody can tell becomes a person's.
 */
export class Reconciler {
  readonly #options: ReconcilerOptions

  constructor (options: ReconcilerOptions) { this.#options = options }

  /** One round. A part that fails is done again in the next one. */
  async round (): Promise<void> {
    const parts = { outbox: () => this.#outbox(), lost: () => this.#lost(), unanswered: () => this.#unanswered(), calls: () => this.#calls(), settled: () => this.#settled() }
    for (const [part, work] of Object.entries(parts)) {
      await work().catch((err: Error) => this.#options.log.warn({ part, code: codeOf(err) }, 'reconciler has trouble'))
    }
  }

  /** Leads that are due and have no job get one. */
  async #outbox (): Promise<void> {
    const { records, request } = this.#options
    for (;;) {
      const leads = await records.write(async ({ campaigns }) => await campaigns.takeUnqueued(OUTBOX_BATCH))
      if (leads.length > 0) await request(leads)
      if (leads.length < OUTBOX_BATCH) return
    }
  }

  /** Reserved, and whoever did it is gone: nobody was called. */
  async #lost (): Promise<void> {
    const { records, permits, log } = this.#options
    const lost = await records.write(async ({ dialWatch }) => await dialWatch.take('reserved', LOST_AFTER_S))
    for (const { attemptId } of lost) {
      await records.write(async ({ dialLedger }) => await dialLedger.refused(attemptId, 'reserved', afterLoss))
      await permits.release(attemptId).catch(() => {})
      log.warn({ attemptId }, 'a reserved attempt was taken back')
    }
  }

  /** Somebody may have asked for these calls, and nobody knows the answer. The carrier tells: by a callback, or in its list. */
  async #unanswered (): Promise<void> {
    const { records, facts, log } = this.#options
    const open = await records.write(async ({ dialWatch }) => await dialWatch.take('posting', UNANSWERED_AFTER_S))
    const sought: OpenAttempt[] = []
    for (const attempt of open) {
      const names = await facts.namesOf(attempt.attemptId).catch(() => new Set<string>())
      names.delete(attempt.attemptId)
      if (names.size > 0) await this.#found(attempt, [...names])
      else sought.push(attempt)
    }
    if (sought.length === 0) return
    const calls = await this.#callsSince(Math.max(...sought.map(({ ageMs }) => ageMs)))
    for (const attempt of sought) {
      const call = calls?.find(call => isOf(call, attempt))
      if (call !== undefined) await this.#found(attempt, [call.session_id, call.id].filter(id => typeof id === 'string'))
      else if (attempt.ageMs > (calls === null ? UNHEARD_MS : NO_SIGN_MS)) {
        await this.#giveUp(attempt)
        log.error({ attemptId: attempt.attemptId }, 'nobody can tell whether a person was called')
      }
    }
  }

  async #found (attempt: OpenAttempt, callIds: readonly string[]): Promise<void> {
    await this.#options.records.write(async ({ dialLedger }) => await dialLedger.posted(attempt.attemptId, callIds))
    this.#options.log.info({ attemptId: attempt.attemptId }, 'a call was found at the carrier')
  }

  /** Null when the carrier cannot be asked. Those that are known to be of other attempts are not among them. */
  async #callsSince (ageMs: number): Promise<CarrierCall[] | null> {
    const { sautikit, records, log } = this.#options
    const calls = await sautikit.outboundCallsSince(new Date(Date.now() - ageMs - SKEW_MS)).catch((err: Error) => {
      log.warn({ code: codeOf(err) }, 'the carrier does not list calls')
      return null
    })
    if (calls === null) return null
    const taken = await records.write(async ({ dialWatch }) => await dialWatch.knownNames(calls.flatMap(({ id, session_id: sessionId }) => [id, ...typeof sessionId === 'string' ? [sessionId] : []])))
    return calls.filter(({ id, session_id: sessionId }) => !taken.has(id) && !taken.has(sessionId ?? ''))
  }

  /** Calls of which nothing was heard for a while. */
  async #calls (): Promise<void> {
    const { records, ends, log } = this.#options
    for (const attempt of await records.write(async ({ dialWatch }) => await dialWatch.take('posted', ASK_AFTER_S, ASK_EVERY_S))) {
      const learnt = await ends.learn(attempt).catch((err: Error) => {
        log.warn({ attemptId: attempt.attemptId, code: codeOf(err) }, 'the carrier does not tell of a call')
        return 'live' as const
      })
      if (learnt !== 'ended' && attempt.ageMs > LONGEST_CALL_MS) await this.#giveUp(attempt)
    }
  }

  /** What was written late in a call, or came of it, changes its outcome. */
  async #settled (): Promise<void> {
    const { records, ends } = this.#options
    for (const attempt of await records.write(async ({ dialWatch }) => await dialWatch.take('ended', SETTLED_AFTER_S))) await ends.learn(attempt)
  }

  async #giveUp ({ attemptId }: OpenAttempt): Promise<void> {
    await this.#options.records.write(async ({ dialLedger }) => await dialLedger.giveUp(attemptId))
  }
}

/** Only we call from this line, and a person has one live call at most: number and time say whose call it is. */
function isOf ({ local_e164: local, remote_e164: remote, started_at: startedAt }: CarrierCall, { phone, line, ageMs }: OpenAttempt): boolean {
  return remote === phone && local === line && Date.parse(startedAt ?? '') >= Date.now() - ageMs - SKEW_MS
}
