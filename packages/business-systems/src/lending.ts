import { Type, type Static } from 'typebox'
import { Currency, Day, Id, MinorUnits, Phone, Text } from './fields.ts'

/** A loan as its lender has it now. */
export const LoanAccount = Type.Object({
  accountId: Id,
  borrower: Text(120),
  phone: Phone,
  /** What the borrower is asked to prove who they are. Compared here, never said, never logged. */
  nationalIdLast4: Type.String({ pattern: '^\\d{4}$' }),
  birthYear: Type.Integer({ minimum: 1900, maximum: 2100 }),
  balanceMinor: MinorUnits,
  /** What is due on `dueOn`; 0 when nothing is. */
  nextPaymentMinor: MinorUnits,
  currency: Currency,
  dueOn: Day,
  /** In words that may be said: `current`, `in arrears`, `paid off`. */
  status: Text(40),
  /** BCP 47. */
  language: Type.String({ pattern: '^[a-z]{2,3}(-[A-Z]{2})?$' })
})
export type LoanAccount = Readonly<Static<typeof LoanAccount>>

/** An account by its id, as the borrower said it (letters and digits, capitals), or the most urgent one of a phone number. */
export type AccountQuery = { readonly accountKey: string } | { readonly phone: string }

/** What a borrower has promised, after it was read back and confirmed. */
export const PromiseMade = Type.Object({ promiseId: Id, accountId: Id, amountMinor: MinorUnits, currency: Currency, payBy: Day, promisedAt: Type.String() })
export type PromiseMade = Readonly<Static<typeof PromiseMade>>

/** What M-Pesa has confirmed. */
export const PaymentReceived = Type.Object({ paymentId: Id, accountId: Id, amountMinor: MinorUnits, currency: Currency, receivedAt: Type.String() })
export type PaymentReceived = Readonly<Static<typeof PaymentReceived>>

/**
 * A lender's core banking. Every method rejects with SYSTEM_UNAVAILABLE when no usable answer came; what is told rejects with
 * SYSTEM_REFUSED when the system will never take it. The same `promiseId` or `paymentId` told again changes nothing.
 */
export interface LendingSystem {
  /** Null when there is none. */
  account (query: AccountQuery): Promise<LoanAccount | null>
  promised (promise: PromiseMade): Promise<void>
  paid (payment: PaymentReceived): Promise<void>
}
