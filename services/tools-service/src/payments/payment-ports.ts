import type { CallNews } from '@karani/call-context'
import type { Daraja } from '@karani/mpesa'
import type { Records } from '@karani/records'

/** What happens to payments and is counted. Nothing here is of a person. */
export type PaymentEvent =
  | 'accepted' | 'refused' | 'unanswered' | 'not-sent' | 'paid' | 'failed' | 'unconfirmed'
  | 'claim-unknown' | 'claim-amount-wrong' | 'claim-receipt-taken' | 'claim-repeated' | 'claim-contradicted'

/** What payments need of the world. */
export interface PaymentPorts {
  readonly records: Records
  readonly daraja: Pick<Daraja, 'push' | 'query'>
  /** Where Daraja tells the outcome of this request. */
  callbackUrl (intentId: string): string
  publish (news: CallNews): Promise<void>
  count (event: PaymentEvent): void
  /** `intentId` is opaque. */
  fault (intentId: string, error: unknown): void
  readonly now: () => Date
  /** Where the borrowers are: when a day of theirs is over. */
  readonly timeZone: string
  /** Whole units that one request may be for. */
  readonly maxAmount: number
}
