import { createHash } from 'node:crypto'
import { StkCallback } from '@karani/mpesa'
import { Queue, UnrecoverableError, Worker } from 'bullmq'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Redis } from 'ioredis'
import { OUTLASTING_A_RESTART } from './job-options.ts'

export const PAYMENTS = 'payments'

/**
 * The wish that what somebody said of a payment be checked. Whoever reaches the callback's URL, or Redis, can make one:
 * it proves nothing. It holds no name and no number; but a CheckoutRequestID may end in digits of the payer's, so a claim is not logged.
 */
export const PaymentClaim = Type.Object({
  ...StkCallback.properties,
  /** Which request named the URL that the claim came to; null when the URL named none. */
  intentId: Type.Union([Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }), Type.Null()])
}, { additionalProperties: false })
export type PaymentClaim = StkCallback & { readonly intentId: string | null }

const check = Compile(PaymentClaim)

/** Where claims are put. `connection` must be one on which commands wait; it stays the caller's to close. */
export function paymentsQueue (connection: Redis): Queue<PaymentClaim> {
  const queue = new Queue<PaymentClaim>(PAYMENTS, { connection, defaultJobOptions: OUTLASTING_A_RESTART })
  return queue.on('error', () => {}) // the connection reports its own troubles, and `add` rejects
}

/**
 * Repeated while an equal claim waits or is being checked, it changes nothing. A claim that differs at all is a job of its
 * own, so that a false one never stands in the way of the true one.
 */
export async function requestPaymentCheck (queue: Queue<PaymentClaim>, { merchantRequestId, checkoutRequestId, outcome, amountKes, receipt, intentId }: PaymentClaim): Promise<void> {
  const claim = { merchantRequestId, checkoutRequestId, outcome, amountKes, receipt, intentId }
  await queue.add('check', claim, { deduplication: { id: createHash('sha256').update(JSON.stringify(claim)).digest('hex') } })
}

/**
 * Serves the claims, each at least once; a rejection of `handle` is tried again later. Job data that does not fit its
 * schema fails for good. `connection` as for the queue; `onError` hears what is no fault of a job.
 */
export function paymentsWorker (connection: Redis, handle: (claim: PaymentClaim) => Promise<void>, onError: (error: Error) => void): Worker<PaymentClaim> {
  const worker = new Worker<PaymentClaim>(PAYMENTS, async job => {
    if (!check.Check(job.data)) throw new UnrecoverableError('job data does not fit its schema')
    await handle(job.data)
  }, { connection, concurrency: 4 })
  return worker.on('error', onError)
}
