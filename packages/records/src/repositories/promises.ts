import { randomBytes } from 'node:crypto'
import { and, desc, eq } from 'drizzle-orm'
import type { Database } from '../database.ts'
import type { CalendarDay } from '../calendar-day.ts'
import { promiseProposals, promises } from '../schema/business.ts'

const PROPOSAL_MS = 10 * 60 * 1000

export interface Proposal {
  readonly callId: string
  readonly accountId: string
  readonly amountMinor: number
  readonly currency: string
  readonly payBy: CalendarDay
  /** How many turns the caller had finished when the proposal was made. */
  readonly callerTurn: number
  readonly at: Date
}

export interface Confirmation {
  readonly proposalId: string
  readonly callId: string
  readonly accountId: string
  readonly callerTurn: number
  readonly at: Date
}

export interface PaymentPromise {
  readonly promiseId: string
  readonly amountMinor: number
  readonly currency: string
  readonly payBy: CalendarDay
}

/** `unknown`: no such proposal in this call for this account. `too-early`: the caller has not spoken since it was made. */
export type NotConfirmed = 'unknown' | 'too-early' | 'expired' | 'superseded'

/** Promises to pay: what is read back to the caller first, and what a yes makes of it. Lives in a transaction. */
export class Promises {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /** The id of a new proposal, which takes the place of the call's earlier ones. */
  async propose ({ at, ...proposal }: Proposal): Promise<string> {
    const proposalId = `proposal-${randomBytes(8).toString('hex')}`
    await this.#db.insert(promiseProposals).values({ ...proposal, proposalId, proposedAt: at, expiresAt: new Date(at.getTime() + PROPOSAL_MS) })
    return proposalId
  }

  /** The promise of this proposal: written by the first confirmation that may, the same for every later one. */
  async confirm ({ proposalId, callId, accountId, callerTurn, at }: Confirmation): Promise<PaymentPromise | NotConfirmed> {
    const [proposal] = await this.#db.select().from(promiseProposals)
      .where(and(eq(promiseProposals.proposalId, proposalId), eq(promiseProposals.callId, callId), eq(promiseProposals.accountId, accountId)))
      .for('update') // confirmations of one proposal wait for each other
    if (proposal === undefined) return 'unknown'
    const made = await this.#promiseOf(proposalId)
    if (made !== undefined) return made
    if (await this.#newestIn(callId) !== proposalId) return 'superseded'
    if (at >= proposal.expiresAt) return 'expired'
    if (callerTurn <= proposal.callerTurn) return 'too-early'
    const { amountMinor, currency, payBy } = proposal
    const promise = { promiseId: `promise-${randomBytes(8).toString('hex')}`, amountMinor, currency, payBy }
    await this.#db.insert(promises).values({ ...promise, proposalId, callId, accountId, promisedAt: at })
    return promise
  }

  async #promiseOf (proposalId: string): Promise<PaymentPromise | undefined> {
    const [promise] = await this.#db
      .select({ promiseId: promises.promiseId, amountMinor: promises.amountMinor, currency: promises.currency, payBy: promises.payBy })
      .from(promises).where(eq(promises.proposalId, proposalId))
    return promise
  }

  async #newestIn (callId: string): Promise<string | undefined> {
    const [newest] = await this.#db.select({ proposalId: promiseProposals.proposalId }).from(promiseProposals)
      .where(eq(promiseProposals.callId, callId)).orderBy(desc(promiseProposals.position)).limit(1)
    return newest?.proposalId
  }
}
