import { once } from 'node:events'
import t, { type Test } from 'tap'
import { UnrecoverableError, type Queue, type Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { startRedis } from '@karani/local-stack'
import { paymentsQueue, paymentsWorker, requestPaymentCheck, type PaymentClaim } from '../src/index.ts'

const server = await startRedis()
t.teardown(() => server.stop())

const PAID: PaymentClaim = { merchantRequestId: '29115-34620561-1', checkoutRequestId: 'ws_CO_191220191020363925', outcome: { state: 'paid' }, amountKes: 500, receipt: 'QKL4CL10OG', intentId: null }
const CANCELLED: PaymentClaim = { ...PAID, outcome: { state: 'failed', reason: 'cancelled', code: '1032' }, amountKes: null, receipt: null }

function connect (t: Test): Redis {
  const connection = new Redis(server.url, { maxRetriesPerRequest: null })
  t.teardown(() => connection.disconnect())
  return connection
}

async function queueOf (t: Test): Promise<Queue<PaymentClaim>> {
  const connection = connect(t)
  await connection.flushall()
  const queue = paymentsQueue(connection)
  t.teardown(() => queue.close())
  return queue
}

function workerOf (t: Test, handle: (claim: PaymentClaim) => Promise<void>): Worker<PaymentClaim> {
  const worker = paymentsWorker(connect(t), handle, err => t.fail(err))
  t.teardown(() => worker.close())
  return worker
}

t.test('equal claims that wait are one job; a claim that differs at all is another', async (t) => {
  const queue = await queueOf(t)
  for (let times = 1; times <= 3; times++) await requestPaymentCheck(queue, { ...PAID })
  const others = [CANCELLED, { ...PAID, amountKes: 5 }, { ...PAID, receipt: 'QKL4CL10OH' }, { ...PAID, checkoutRequestId: 'ws_CO_other' }, { ...PAID, merchantRequestId: 'other' }, { ...PAID, intentId: 'payment-1' }]
  for (const claim of others) await requestPaymentCheck(queue, claim)
  const jobs = await queue.getWaiting()
  t.equal(jobs.length, 1 + others.length)
  t.strictSame(jobs.map(job => job.data), [PAID, ...others])
})

t.test('what else an object has is not put into the queue', async (t) => {
  const queue = await queueOf(t)
  await requestPaymentCheck(queue, { ...PAID, phone: '+254712345678' } as PaymentClaim)
  t.strictSame((await queue.getWaiting()).map(job => job.data), [PAID])
})

t.test('a claim is served as it was made, and can be made again once it was served', async (t) => {
  const queue = await queueOf(t)
  const served: PaymentClaim[] = []
  const worker = workerOf(t, async claim => { served.push(claim) })
  for (let times = 1; times <= 2; times++) {
    const completed = once(worker, 'completed')
    await requestPaymentCheck(queue, PAID)
    await completed
  }
  t.strictSame(served, [PAID, PAID])
})

t.test('a claim that came again while it was served, and that failed then, is tried again', async (t) => {
  const queue = await queueOf(t)
  let attempts = 0
  const worker = workerOf(t, async () => {
    attempts++
    await requestPaymentCheck(queue, PAID)
    if (attempts === 1) throw new Error('the database restarts')
  })
  const completed = once(worker, 'completed')
  await requestPaymentCheck(queue, PAID)
  await completed
  t.equal(attempts, 2)
})

t.test('a claim that was given up does not stand in the way of the same claim', async (t) => {
  const queue = await queueOf(t)
  let attempts = 0
  const worker = workerOf(t, async () => { if (++attempts === 1) throw new UnrecoverableError('as after the last attempt') })
  const failed = once(worker, 'failed')
  await requestPaymentCheck(queue, PAID)
  await failed
  t.equal(await queue.getFailedCount(), 1)
  const completed = once(worker, 'completed')
  await requestPaymentCheck(queue, PAID)
  await completed
  t.equal(attempts, 2)
})

t.test('job data that does not fit fails for good and does not stop the next job', async (t) => {
  const queue = await queueOf(t)
  const served: PaymentClaim[] = []
  const worker = workerOf(t, async claim => { served.push(claim) })
  const forged: unknown[] = [
    {}, { ...PAID, phone: '+254712345678' }, { ...PAID, amountKes: 500.5 }, { ...PAID, amountKes: 250_001 }, { ...PAID, amountKes: '500' }, { ...PAID, outcome: { state: 'pending' } }, { ...PAID, outcome: 'paid' }, { ...PAID, receipt: '../../etc' }
  ]
  let failures = 0
  const failed = new Promise<void>(resolve => worker.on('failed', () => { if (++failures === forged.length) resolve() }))
  const completed = once(worker, 'completed')
  for (const data of forged) await queue.add('check', data as PaymentClaim)
  await requestPaymentCheck(queue, PAID)
  await Promise.all([failed, completed])
  t.equal(await queue.getFailedCount(), forged.length)
  t.equal(await queue.getDelayedCount(), 0)
  t.strictSame(served, [PAID])
})
