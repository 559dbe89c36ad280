import { randomBytes } from 'node:crypto'
import { and, asc, eq, getTableColumns, inArray, isNotNull, lte, notInArray, or, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { accounts } from '../schema/lending.ts'
import { paymentIntents } from '../schema/payments.ts'

/** What a confirmed proposal asks for. */
export interface PaymentTerms { readonly amountMinor: number, readonly currency: string }

/** One request for money, from the caller's yes to its end; the states are described in the migration. */
export type PaymentIntent = Readonly<typeof paymentIntents.$inferSelect>

/** What an account has asked for lately. */
export interface PromptHistory { readonly lastPromptAt: Date | null, readonly promptsInCall: number, readonly unsettledMinor: number }

/** States whose payment may still arrive. */
const UNSETTLED: Array<PaymentIntent['state']> = ['created', 'pushing', 'pushed', 'unknown']
/** Failures of which the phone cannot have shown anything. */
const NEVER_SHOWN = ['not-sent', 'refused']

/** Requests for money. Every change of a state names the states that it may come from; what lost a race changes nothing. Lives in a transaction. */
export class PaymentIntents {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /** Requests of one account wait for each other until the transaction ends; so does what is booked on it. */
  async lockAccount (accountId: string): Promise<void> {
    await this.#db.select({ accountId: accounts.accountId }).from(accounts).where(eq(accounts.accountId, accountId)).for('no key update')
  }

  async history (accountId: string, callId: string): Promise<PromptHistory> {
    const shown = sql`(${paymentIntents.failure} is null or ${notInArray(paymentIntents.failure, NEVER_SHOWN)})`
    const ofAccount = eq(paymentIntents.accountId, accountId)
    const ofCall = eq(paymentIntents.callId, callId)
    const [history] = await this.#db
      .select({
        lastPromptAt: sql<Date | null>`max(${paymentIntents.createdAt}) filter (where ${and(ofAccount, shown)})`.mapWith(paymentIntents.createdAt),
        promptsInCall: sql<number>`count(*) filter (where ${and(ofCall, shown)})`.mapWith(Number),
        unsettledMinor: sql<number>`coalesce(sum(${paymentIntents.amountMinor}) filter (where ${and(ofAccount, inArray(paymentIntents.state, UNSETTLED))}), 0)`.mapWith(Number)
      })
      .from(paymentIntents)
      .where(or(ofAccount, ofCall))
    return history!
  }

  /** E.164, for whoever has to ring the borrower. */
  async phoneOf (accountId: string): Promise<string | null> {
    const [account] = await this.#db.select({ phone: accounts.phone }).from(accounts).where(eq(accounts.accountId, accountId))
    return account?.phone ?? null
  }

  /** The row before the request. */
  async create ({ at, ...intent }: PaymentTerms & { readonly proposalId: string, readonly callId: string, readonly accountId: string, readonly at: Date, readonly nextCheckAt: Date }): Promise<string> {
    const intentId = `payment-${randomBytes(8).toString('hex')}`
    await this.#db.insert(paymentIntents).values({ ...intent, intentId, state: 'created', createdAt: at })
    return intentId
  }

  /** Waits for whoever changes it just now, and keeps others from changing it until the transaction ends. */
  async lock (intentId: string): Promise<PaymentIntent | undefined> {
    const [intent] = await this.#db.select().from(paymentIntents).where(eq(paymentIntents.intentId, intentId)).for('update')
    return intent
  }

  async idOf (checkoutRequestId: string): Promise<string | undefined> {
    const [intent] = await this.#db.select({ intentId: paymentIntents.intentId }).from(paymentIntents).where(eq(paymentIntents.checkoutRequestId, checkoutRequestId))
    return intent?.intentId
  }

  async hasReceipt (receipt: string): Promise<boolean> {
    return await this.#db.$count(paymentIntents, eq(paymentIntents.receipt, receipt)) > 0
  }

  /** For whoever asks the phone: the number of the record, for the first that takes the intent; nothing for all others, for ever. */
  async take (intentId: string, at: Date, nextCheckAt: Date): Promise<PaymentIntent & { readonly phone: string } | undefined> {
    const [intent] = await this.#db.update(paymentIntents).set({ state: 'pushing', pushingAt: at, nextCheckAt })
      .from(accounts)
      .where(and(eq(paymentIntents.intentId, intentId), eq(paymentIntents.state, 'created'), eq(accounts.accountId, paymentIntents.accountId)))
      .returning({ ...getTableColumns(paymentIntents), phone: accounts.phone })
    return intent
  }

  /** Null: what it was is not known. The prompt may meanwhile have been settled by its callback: then nothing changes. */
  async pushed (intentId: string, checkoutRequestId: string | null): Promise<void> {
    await this.#db.update(paymentIntents).set(checkoutRequestId === null ? { state: 'unknown' } : { state: 'pushed', checkoutRequestId })
      .where(and(eq(paymentIntents.intentId, intentId), inArray(paymentIntents.state, ['pushing', 'unknown'])))
  }

  /** @returns whether it was open until now */
  async settle (intentId: string, end: { readonly state: 'paid', readonly checkoutRequestId: string } | { readonly state: 'failed', readonly failure: string, readonly checkoutRequestId?: string }, at: Date): Promise<boolean> {
    const rows = await this.#db.update(paymentIntents).set({ ...end, settledAt: at, nextCheckAt: null, untoldSince: at })
      .where(and(eq(paymentIntents.intentId, intentId), inArray(paymentIntents.state, UNSETTLED)))
      .returning({ intentId: paymentIntents.intentId })
    return rows.length === 1
  }

  /** The first receipt of a payment stays. */
  async keepReceipt (intentId: string, receipt: string): Promise<void> {
    await this.#db.update(paymentIntents).set({ receipt })
      .where(and(eq(paymentIntents.intentId, intentId), eq(paymentIntents.state, 'paid'), sql`${paymentIntents.receipt} is null`))
  }

  /** Those whose outcome should be looked for now. They are the taker's until `leaseUntil`; whoever takes at the same time gets others. */
  async takeDue (at: Date, leaseUntil: Date, limit: number): Promise<PaymentIntent[]> {
    const due = this.#db.select({ intentId: paymentIntents.intentId }).from(paymentIntents)
      .where(lte(paymentIntents.nextCheckAt, at)).orderBy(asc(paymentIntents.nextCheckAt)).limit(limit).for('update', { skipLocked: true })
    return await this.#db.update(paymentIntents).set({ nextCheckAt: leaseUntil }).where(inArray(paymentIntents.intentId, due)).returning()
  }

  /**
   * Looked for once more without an outcome; without a next time nobody knows it, and it is for a person.
   * @returns whether that was so: it is still open, and nobody else has counted this look
   */
  async checked ({ intentId, checks }: PaymentIntent, nextCheckAt: Date | null, at: Date): Promise<boolean> {
    const set = nextCheckAt === null ? { state: 'unknown' as const, nextCheckAt, untoldSince: at } : { nextCheckAt }
    const rows = await this.#db.update(paymentIntents).set({ ...set, checks: checks + 1 })
      .where(and(eq(paymentIntents.intentId, intentId), eq(paymentIntents.checks, checks), inArray(paymentIntents.state, ['pushing', 'pushed', 'unknown'])))
      .returning({ intentId: paymentIntents.intentId })
    return rows.length === 1
  }

  /** Those whose news wait to be told since before this instant. */
  async untold (since: Date, limit: number): Promise<string[]> {
    const rows = await this.#db.select({ intentId: paymentIntents.intentId }).from(paymentIntents)
      .where(and(isNotNull(paymentIntents.untoldSince), lte(paymentIntents.untoldSince, since))).orderBy(asc(paymentIntents.untoldSince)).limit(limit)
    return rows.map(({ intentId }) => intentId)
  }

  async told (intentId: string): Promise<void> {
    await this.#db.update(paymentIntents).set({ untoldSince: null }).where(eq(paymentIntents.intentId, intentId))
  }
}
