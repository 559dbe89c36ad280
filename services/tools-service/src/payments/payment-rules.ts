import { addDays, dayAt, startOfDay, type LoanStanding, type PaymentIntent, type PromptHistory } from '@karani/records'
import { AmountTooHighError, PaymentOpenError, PaymentTooLargeError, PromptLimitError, PromptTooSoonError } from '../errors.ts'
import { minorUnits, wholeUnits } from '../whole-units.ts'

const COOL_DOWN_MS = 120_000
const MAX_PROMPTS_PER_CALL = 2

/** The process that wrote the row asks the phone at once; what is not taken by then was left by a process that died. */
const TAKEN_WITHIN_MS = 5_000
/** A prompt that comes later than this surprises the borrower more than it helps. */
const WANTED_FOR_MS = 30_000
/** After the phone was asked. */
const CHECKS_MS = [30_000, 60_000, 120_000] as const
/** Longer than a query to Daraja may take. */
const LEASE_MS = 15_000

const after = (instant: Date, ms: number): Date => new Date(instant.getTime() + ms)

export interface PaymentWish {
  /** Whole units. */
  readonly amount: number
  readonly balanceMinor: number
  /** Whole units that one request may be for. */
  readonly maxAmount: number
  readonly history: PromptHistory
  readonly at: Date
}

/** Why the phone is not asked for this amount now; null when it may be. */
export function refusalOf ({ amount, balanceMinor, maxAmount, history: { lastPromptAt, promptsInCall, unsettledMinor }, at }: PaymentWish): Error | null {
  const owed = wholeUnits(balanceMinor)
  if (amount > owed) return new AmountTooHighError(String(owed))
  if (amount > maxAmount) return new PaymentTooLargeError(String(maxAmount))
  if (promptsInCall >= MAX_PROMPTS_PER_CALL) return new PromptLimitError()
  const coolMs = lastPromptAt === null ? 0 : lastPromptAt.getTime() + COOL_DOWN_MS - at.getTime()
  if (coolMs > 0) return new PromptTooSoonError(String(Math.ceil(coolMs / 1_000)))
  return minorUnits(amount) + unsettledMinor > minorUnits(owed) ? new PaymentOpenError() : null
}

export const leaseUntil = (at: Date): Date => after(at, LEASE_MS)
/** When somebody else looks after a row whose writer has not. */
export const takenBy = (createdAt: Date): Date => after(createdAt, TAKEN_WITHIN_MS)
export const isStillWanted = (createdAt: Date, at: Date): boolean => at.getTime() - createdAt.getTime() <= WANTED_FOR_MS
export const firstCheck = (pushingAt: Date): Date => after(pushingAt, CHECKS_MS[0])

/** When the outcome is looked for again after one more look in vain; null when it is for a person. */
export function nextCheck ({ pushingAt, createdAt, checks }: PaymentIntent): Date | null {
  const ms = CHECKS_MS[checks + 1]
  return ms === undefined ? null : after(pushingAt ?? createdAt, ms)
}

/**
 * When reminders may come again after a payment that left the loan like this: never (null) for one that is paid off. An instalment
 * that is paid is quiet until its day is over, or, where it came late, today: the next one is not known before.
 */
export function quietUntil ({ balanceMinor, nextPaymentMinor, dueOn }: LoanStanding, at: Date, timeZone: string): Date | null | 'part paid' {
  if (balanceMinor === 0) return null
  if (nextPaymentMinor > 0) return 'part paid'
  const today = dayAt(at, timeZone)
  return startOfDay(addDays(dueOn > today ? dueOn : today, 1), timeZone)
}
