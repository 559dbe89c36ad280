import { eq } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { accounts } from '../schema/lending.ts'
import { ledgerEntries, ledgerTransactions } from '../schema/payments.ts'
import type { CalendarDay } from '@karani/calendar'
import type { PaymentIntent } from './payment-intents.ts'

/** What is still owed, what of it is due now, and since or until which day. */
export interface LoanStanding {
  readonly balanceMinor: number
  readonly nextPaymentMinor: number
  readonly dueOn: CalendarDay
  readonly status: string
}

/**
 * Money that has arrived, in double entry: what M-Pesa holds for us grows by what the loan shrinks by. Lives in a transaction.
 */
export class Ledger {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /**
   * Books a confirmed payment; the database refuses to book one twice. What is beyond the balance is owed to the borrower.
   * @returns how the loan stands after it
   */
  async book ({ intentId, accountId, amountMinor, currency }: PaymentIntent, at: Date): Promise<LoanStanding> {
    const { balanceMinor, nextPaymentMinor, dueOn, status } = accounts
    const [before] = await this.#db.select({ balanceMinor, nextPaymentMinor, dueOn, status }).from(accounts).where(eq(accounts.accountId, accountId)).for('no key update')
    const repaidMinor = Math.min(amountMinor, before!.balanceMinor)
    const [transaction] = await this.#db.insert(ledgerTransactions).values({ intentId, bookedAt: at }).returning({ transactionId: ledgerTransactions.transactionId })
    const lines = [['mpesa', amountMinor], ['loan', -repaidMinor], ['overpaid', repaidMinor - amountMinor]] as const
    await this.#db.insert(ledgerEntries).values(lines
      .filter(([, amountMinor]) => amountMinor !== 0)
      .map(([ledger, amountMinor]) => ({ ...transaction!, ledger, accountId, amountMinor, currency })))
    const standing = repaid(before!, repaidMinor)
    await this.#db.update(accounts).set(standing).where(eq(accounts.accountId, accountId))
    return standing
  }
}

/** Who has paid what was due is not overdue; who owes nothing has paid off. */
function repaid ({ dueOn, ...before }: LoanStanding, repaidMinor: number): LoanStanding {
  const balanceMinor = before.balanceMinor - repaidMinor
  const nextPaymentMinor = Math.min(Math.max(before.nextPaymentMinor - repaidMinor, 0), balanceMinor)
  const caughtUp = nextPaymentMinor === 0 && before.status === 'overdue' ? 'current' : before.status
  return { balanceMinor, nextPaymentMinor, dueOn, status: balanceMinor === 0 ? 'paid off' : caughtUp }
}
