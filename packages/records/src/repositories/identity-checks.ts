import { createHash, timingSafeEqual } from 'node:crypto'
import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { accounts, verificationAttempts, verifiedCalls } from '../schema/lending.ts'

export const MAX_TRIES_PER_CALL = 3
export const MAX_FAILURES_PER_ACCOUNT = 5
const FAILURE_WINDOW_MS = 24 * 3600 * 1000
const VERIFIED_MS = 10 * 60 * 1000

export interface IdentityAnswers {
  readonly callId: string
  /** Whose answers these claim to be: an account by the letters and digits of its id, or the person with this number. */
  readonly candidate: { readonly accountKey: string } | { readonly phone: string } | null
  readonly nationalIdLast4: string
  readonly birthYear: number
  readonly at: Date
}

export interface IdentityVerdict { readonly verified: boolean, readonly triesLeft: number }

/**
 * Checks who a caller is: at most 3 tries a call, and at most 5 failed ones in 24 hours for an account, whichever calls and
 * processes they come through. Nothing in the answer, nor the work done for it, tells whether the account exists, which
 * answer was wrong, or whether the answers were looked at.
 * Lives in a transaction: its locks make tries of one call, and tries for one account, wait for each other.
 */
export class IdentityChecks {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  async check ({ callId, candidate, nationalIdLast4, birthYear, at }: IdentityAnswers): Promise<IdentityVerdict> {
    const { accountKey, phone } = { accountKey: null, phone: null, ...candidate }
    const account = await this.#find(accountKey, phone)
    await this.#lock(`call ${callId}`)
    await this.#lock(`account ${account?.accountId ?? accountKey ?? phone ?? callId}`)
    const tries = await this.#triesIn(callId)
    if (tries >= MAX_TRIES_PER_CALL) return { verified: false, triesLeft: 0 }
    const isOpen = await this.#failuresOf(account?.accountId ?? '', at) < MAX_FAILURES_PER_ACCOUNT
    const fits = same(`${nationalIdLast4} ${birthYear}`, account === undefined ? 'nobody' : `${account.nationalIdLast4} ${account.birthYear}`)
    const outcome = !isOpen ? 'refused' : fits ? 'passed' : 'failed'
    await this.#db.insert(verificationAttempts).values({ callId, accountId: account?.accountId ?? null, outcome, attemptedAt: at })
    if (account !== undefined && outcome === 'passed') await this.#verify(callId, account.accountId, at)
    return { verified: outcome === 'passed', triesLeft: MAX_TRIES_PER_CALL - tries - 1 }
  }

  /** Whatever was proved in this call is not believed any more. */
  async forget (callId: string): Promise<void> {
    await this.#db.delete(verifiedCalls).where(eq(verifiedCalls.callId, callId))
  }

  async #find (accountKey: string | null, phone: string | null) {
    const [account] = await this.#db
      .select({ accountId: accounts.accountId, nationalIdLast4: accounts.nationalIdLast4, birthYear: accounts.birthYear })
      .from(accounts)
      .where(sql`(${accounts.accountKey} = ${accountKey} or ${accounts.phone} = ${phone}) and ${accounts.goneSince} is null`)
      .orderBy(asc(accounts.dueOn), asc(accounts.accountId))
      .limit(1)
    return account
  }

  /** Until the transaction ends. */
  async #lock (name: string): Promise<void> {
    await this.#db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`identity of ${name}`}, 0))`)
  }

  async #triesIn (callId: string): Promise<number> {
    return await this.#db.$count(verificationAttempts, eq(verificationAttempts.callId, callId))
  }

  async #failuresOf (accountId: string, at: Date): Promise<number> {
    return await this.#db.$count(verificationAttempts, and(
      eq(verificationAttempts.accountId, accountId),
      eq(verificationAttempts.outcome, 'failed'),
      gt(verificationAttempts.attemptedAt, new Date(at.getTime() - FAILURE_WINDOW_MS))
    ))
  }

  async #verify (callId: string, accountId: string, at: Date): Promise<void> {
    const proof = { accountId, verifiedAt: at, expiresAt: new Date(at.getTime() + VERIFIED_MS) }
    await this.#db.insert(verifiedCalls).values({ callId, ...proof }).onConflictDoUpdate({ target: verifiedCalls.callId, set: proof })
  }
}

/** In the same time, wherever the texts differ. */
function same (one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}
