import { randomUUID } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import type { CallContexts, CarrierFacts, ModelPermits } from '@karani/call-context'
import { readDialableNumber, type DialableNumber } from '@karani/calling-rules'
import { decider, type Lull } from '@karani/campaigns'
import { callingOf, lineOf, type Line, type Lines } from '@karani/lines'
import type { Decide, DialAttempt, LeadFacts, Records } from '@karani/records'
import type { SautikitClient, SautikitError } from '@karani/sautikit'
import { codeOf } from '../error-code.ts'
import { ClockSetOffError, LineUnknownError } from '../errors.ts'
import { retryAt } from './call-outcome.ts'
import { admit, after, CLOSED, openMsLeft } from './circuit-breaker.ts'
import { dialFault } from './dial-fault.ts'
import type { DueCheck } from './due-check.ts'
import type { WalletWatch } from './wallet-watch.ts'

export interface DiallerOptions {
  readonly records: Records
  readonly sautikit: SautikitClient
  readonly contexts: CallContexts
  readonly facts: CarrierFacts
  readonly permits: ModelPermits
  readonly wallet: WalletWatch
  /** Null: nobody else knows what is due. */
  readonly dueCheck: DueCheck | null
  readonly lines: Lines
  /** What the carrier asks when somebody answers. */
  readonly voiceUrl: string
  readonly maxCalls: number
  /** How long a carrier that fails is left alone by this worker. */
  readonly circuitOpenMs: number
  readonly log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>
  /** Told what became of each wish. */
  readonly onTurn: (turn: string) => void
}

/** Longer than a phone rings; from the answer on, media-gateway renews the permit. */
const PERMIT_MS = 2 * 60_000
const NO_ROOM_MS = 1_000
/** A process that stood still between the decision and the request has decided about another time. */
const MAX_DECISION_AGE_MS = 1_000
const CLOSED_MS = 5 * 60_000
const MAX_BACKOFF_MS = 60_000

/**
 * Dials a lead: permit, reservation, context, decision, request. Whatever ends the process between two of them leaves a row from which
 * others go on, and the carrier is asked once an attempt at most.
 */
export class Dialler {
  readonly #options: DiallerOptions
  #circuit = CLOSED
  #busyTimes = 0

  constructor (options: DiallerOptions) { this.#options = options }

  async dial (leadId: string): Promise<Lull | undefined> {
    const { permits } = this.#options
    const openMs = openMsLeft(this.#circuit, performance.now())
    if (openMs > 0) return this.#lull('circuit-open', openMs, 'this worker')
    const attemptId = `dial-${randomUUID()}`
    if (!await permits.take(attemptId, PERMIT_MS)) return this.#lull('no-permit', NO_ROOM_MS, 'everybody')
    let mayBeCalling = false
    try {
      if (await this.#options.dueCheck?.mayDial(leadId) === false) return
      const reserved = await this.#reserve(leadId, attemptId)
      if (reserved === 'no-room') return this.#lull('no-room', NO_ROOM_MS, 'everybody')
      if (reserved === null) return
      if (!await this.#canPay(reserved)) return
      const waitMs = this.#admit()
      if (waitMs > 0) {
        await this.#takeBack(attemptId, 0)
        return this.#lull('circuit-open', waitMs, 'this worker')
      }
      if (!await this.#prepare(reserved)) return
      mayBeCalling = true
      const { called, lull } = await this.#place(reserved)
      mayBeCalling = called
      return lull
    } finally {
      if (!mayBeCalling) await permits.release(attemptId).catch(() => {}) // its lease runs out
    }
  }

  async #reserve (leadId: string, attemptId: string): Promise<Reserved | 'no-room' | null> {
    const { records, maxCalls, wallet, lines, onTurn } = this.#options
    const room = { calls: Math.min(maxCalls, wallet.likelyCalls), ofLine: (line: string) => lineOf(lines, line)?.maxOutboundCalls ?? Infinity }
    const reservation = await records.write(async ({ dialLedger }) => await dialLedger.reserve(leadId, attemptId, room, this.#decide))
    if (reservation.result === 'no-room') return 'no-room'
    onTurn(reservation.result)
    if (reservation.result !== 'reserved') return null
    const { attempt, facts } = reservation
    const line = this.#lineOf(facts)
    return { attempt, facts, line, number: this.#numberOf(attempt, line) }
  }

  /** Whether the wallet has just been found to bear this slot too; where it bears none, the campaigns pause. Calls in higher slots, from before, run on: the reserve is for them. */
  async #canPay ({ attempt: { attemptId, slot } }: Reserved): Promise<boolean> {
    const calls = await this.#options.wallet.calls()
    if (slot === null || slot <= calls) return true
    await this.#takeBack(attemptId, NO_ROOM_MS)
    if (calls === 0) await this.#pause('wallet-low')
    return false
  }

  async #pause (turn: 'wallet' | 'wallet-low'): Promise<void> {
    const { records, log, onTurn } = this.#options
    onTurn(turn)
    const paused = await records.write(async ({ dialWatch }) => await dialWatch.walletIsEmpty())
    log.error({ paused }, turn === 'wallet' ? 'the wallet is empty: campaigns are paused' : 'the wallet would be empty: campaigns are paused')
  }

  /** What whoever answers the call has to know, and the last word of the rules. False: nobody is called. */
  async #prepare ({ attempt, facts: { campaign }, line }: Reserved): Promise<boolean> {
    const { records, contexts } = this.#options
    const { attemptId, phone, subject } = attempt
    try {
      await contexts.open({
        callId: attemptId,
        direction: 'outbound',
        agent: line.agent,
        line: line.number,
        businessName: line.name,
        caller: phone,
        language: line.language,
        clientRequestId: attemptId,
        outreach: { purpose: campaign.purpose, subject },
        openedAt: new Date().toISOString()
      })
      const askedAt = performance.now()
      if (!await records.write(async ({ dialLedger }) => await dialLedger.beginPosting(attemptId, this.#decide))) return false
      if (performance.now() - askedAt <= MAX_DECISION_AGE_MS) return true
      await this.#takeBack(attemptId, 0)
      return false
    } catch (err) {
      await this.#takeBack(attemptId, NO_ROOM_MS) // whatever was committed: the carrier was not asked
      throw err
    }
  }

  async #place ({ attempt: { attemptId }, line, number }: Reserved): Promise<{ called: boolean, lull?: Lull }> {
    const { sautikit, records, facts, voiceUrl, log, onTurn } = this.#options
    try {
      const { callIds } = await sautikit.placeCall({ from: line.number, to: number, voiceCallbackUrl: voiceUrl, clientRequestId: attemptId, idempotencyKey: attemptId })
      this.#heard(false)
      this.#busyTimes = 0
      onTurn('posted')
      log.info({ attemptId }, 'call placed')
      await facts.link([attemptId, ...callIds]).catch(() => {}) // the ledger has them too
      await records.write(async ({ dialLedger }) => await dialLedger.posted(attemptId, callIds)).catch((err: Error) => {
        log.error({ attemptId, code: codeOf(err) }, 'call placed, and not written') // the carrier will be asked for it
      })
      return { called: true }
    } catch (err) {
      return await this.#afterFault(attemptId, err as SautikitError)
    }
  }

  async #afterFault (attemptId: string, error: SautikitError): Promise<{ called: boolean, lull?: Lull }> {
    const { records, wallet, log, onTurn } = this.#options
    const fault = dialFault(error)
    if (fault.kind !== 'wallet') onTurn(fault.kind)
    log.warn({ attemptId, code: error.code, reason: error.reason, requestId: error.requestId, fault: fault.kind }, 'call not placed, or not known to be')
    this.#heard(fault.kind === 'unknown' || fault.kind === 'closed')
    switch (fault.kind) {
      case 'unknown': return { called: true } // the row stays as it is: the carrier is asked, and never again for this call
      case 'closed': await this.#takeBack(attemptId, CLOSED_MS); break
      case 'refused':
        await records.write(async ({ dialLedger }) => await dialLedger.refused(attemptId, 'posting', (tries, at) => retryAt('failed', tries, at)))
        break
      case 'wallet':
        wallet.forget()
        await this.#takeBack(attemptId, 0)
        await this.#pause('wallet')
        break
      case 'busy': {
        const backoffMs = Math.min(1_000 * 2 ** this.#busyTimes++, MAX_BACKOFF_MS) * (0.5 + Math.random() / 2)
        const ms = Math.min(fault.retryAfterMs ?? backoffMs, MAX_BACKOFF_MS)
        await this.#takeBack(attemptId, ms)
        return { called: false, lull: { ms, whose: 'everybody' } }
      }
    }
    return { called: false }
  }

  /** Of an attempt for which the carrier was certainly not asked, or has no call. If it cannot be written, the reconciler finds the row. */
  async #takeBack (attemptId: string, delayMs: number): Promise<void> {
    const { records, log } = this.#options
    await records.write(async ({ dialLedger }) => await dialLedger.withdraw(attemptId, delayMs))
      .catch((err: Error) => log.error({ attemptId, code: codeOf(err) }, 'attempt not taken back'))
  }

  readonly #decide: Decide = (facts, at, clockOffsetMs) => {
    const { lines, sautikit } = this.#options
    if (clockOffsetMs !== 0 && !sautikit.isLocal) throw new ClockSetOffError()
    return decider(callingOf(lines, this.#lineOf(facts)))(facts, at, clockOffsetMs)
  }

  #lineOf ({ campaign }: LeadFacts): Line {
    const line = lineOf(this.#options.lines, campaign.line)
    if (line === undefined) throw new LineUnknownError()
    return line
  }

  #numberOf ({ phone }: DialAttempt, line: Line): DialableNumber {
    const read = readDialableNumber(phone, callingOf(this.#options.lines, line))
    if ('number' in read) return read.number
    throw new TypeError('the rules allowed a number that is not dialable')
  }

  #admit (): number {
    const { waitMs, circuit } = admit(this.#circuit, performance.now(), this.#options.circuitOpenMs)
    this.#circuit = circuit
    return waitMs
  }

  #heard (failed: boolean): void { this.#circuit = after(this.#circuit, failed, performance.now(), this.#options.circuitOpenMs) }

  #lull (turn: string, ms: number, whose: Lull['whose']): Lull {
    this.#options.onTurn(turn)
    return { ms, whose }
  }
}

interface Reserved {
  readonly attempt: DialAttempt
  readonly facts: LeadFacts
  readonly line: Line
  readonly number: DialableNumber
}
