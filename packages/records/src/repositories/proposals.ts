import { randomBytes } from 'node:crypto'
import { and, desc, eq } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { proposals } from '../schema/calls.ts'

const PROPOSAL_MS = 10 * 60 * 1000

/** Whose yes is meant: one tool, in one call, about one account, parcel or order. */
export interface ProposalScope {
  readonly callId: string
  readonly tool: string
  readonly subject: string
  /** How many turns the caller has finished. */
  readonly callerTurn: number
  readonly at: Date
}

/** `unknown`: no such proposal in this scope. `too-early`: the caller has not spoken since it was made. */
export type NotConfirmed = 'unknown' | 'too-early' | 'expired' | 'superseded'

/**
 * What is read back to a caller first, and what a yes makes of it: at most one effect for each proposal, always of the terms that
 * were read back. Lives in a transaction.
 */
export class Proposals {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /** The id of a new proposal, which takes the place of the call's earlier ones. `terms` are kept as JSON. */
  async propose ({ at, ...scope }: ProposalScope, terms: object): Promise<string> {
    const proposalId = `proposal-${randomBytes(8).toString('hex')}`
    await this.#db.insert(proposals).values({ ...scope, proposalId, terms, proposedAt: at, expiresAt: new Date(at.getTime() + PROPOSAL_MS) })
    return proposalId
  }

  /** What `carryOut` made of the terms, as JSON: the first confirmation that may carries it out, every later one gets the same. */
  async confirm<Terms extends object, Result extends object> (proposalId: string, scope: ProposalScope, carryOut: (terms: Terms) => Promise<Result>): Promise<Result | NotConfirmed> {
    const { callId, tool, subject, callerTurn, at } = scope
    const [proposal] = await this.#db.select().from(proposals)
      .where(and(eq(proposals.proposalId, proposalId), eq(proposals.callId, callId), eq(proposals.tool, tool), eq(proposals.subject, subject)))
      .for('update') // confirmations of one proposal wait for each other
    if (proposal === undefined) return 'unknown'
    if (proposal.result !== null) return proposal.result as Result
    if (await this.#newestIn(callId) !== proposalId) return 'superseded'
    if (at >= proposal.expiresAt) return 'expired'
    if (callerTurn <= proposal.callerTurn) return 'too-early'
    const result = await carryOut(proposal.terms as Terms)
    await this.#db.update(proposals).set({ result }).where(eq(proposals.proposalId, proposalId))
    return result
  }

  async #newestIn (callId: string): Promise<string | undefined> {
    const [newest] = await this.#db.select({ proposalId: proposals.proposalId }).from(proposals)
      .where(eq(proposals.callId, callId)).orderBy(desc(proposals.position)).limit(1)
    return newest?.proposalId
  }
}
