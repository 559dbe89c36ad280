import { eq, sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { accounts } from '../schema/lending.ts'
import { ledgerEntries, ledgerTransactions } from '../schema/payments.ts'
import type { PaymentIntent } from './payment-intents.ts'

/**
 * Money that has arrived, in double entry: what M-Pesa holds for us grows by what the loan shrinks by. Lives in a transaction.
 */
export class Ledger {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /** Books a confirmed payment; the database refuses to book one twice. What is beyond the balance is owed to the borrower. */
  async book ({ intentId, accountId, amountMinor, currency }: PaymentIntent, at: Date): Promise<void> {
    const [account] = await this.#db.select({ balanceMinor: accounts.balanceMinor }).from(accounts).where(eq(accounts.accountId, accountId)).for('no key update')
    const repaidMinor = Math.min(amountMinor, account!.balanceMinor)
    const [transaction] = await this.#db.insert(ledgerTransactions).values({ intentId, bookedAt: at }).returning({ transactionId: ledgerTransactions.transactionId })
    const lines = [['mpesa', amountMinor], ['loan', -repaidMinor], ['overpaid', repaidMinor - amountMinor]] as const
    await this.#db.insert(ledgerEntries).values(lines
      .filter(([, amountMinor]) => amountMinor !== 0)
      .map(([ledger, amountMinor]) => ({ ...transaction!, ledger, accountId, amountMinor, currency })))
    await this.#db.update(accounts)
      .set({ balanceMinor: sql`${accounts.balanceMinor} - ${repaidMinor}`, nextPaymentMinor: sql`greatest(${accounts.nextPaymentMinor} - ${repaidMinor}, 0)` })
      .where(eq(accounts.accountId, accountId))
  }
}
