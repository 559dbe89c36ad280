import { once } from 'node:events'
import t, { type Test } from 'tap'
import { Redis } from 'ioredis'
import { startRedis } from '@karani/local-stack'
import { callRecordsQueue, callRecordsWorker, requestCallRecord, type CallRecordJob } from '../src/index.ts'
import type { Queue, Worker } from 'bullmq'

const server = await startRedis()
t.teardown(() => server.stop())

function connect (t: Test): Redis {
  const connection = new Redis(server.url, { maxRetriesPerRequest: null })
  t.teardown(() => connection.disconnect())
  return connection
}

async function queueOf (t: Test): Promise<Queue<CallRecordJob>> {
  const connection = connect(t)
  await connection.flushall()
  const queue = callRecordsQueue(connection)
  t.teardown(() => queue.close())
  return queue
}

function workerOf (t: Test, write: (callId: string) => Promise<void>): Worker<CallRecordJob> {
  const worker = callRecordsWorker(connect(t), write, err => t.fail(err))
  t.teardown(() => worker.close())
  return worker
}

t.test('a wish repeated while it waits is one job; another reason is another job', async (t) => {
  const queue = await queueOf(t)
  for (let times = 1; times <= 3; times++) await requestCallRecord(queue, 'HD_24d73b4518bc', 'media')
  await requestCallRecord(queue, 'HD_24d73b4518bc', 'carrier-4')
  await requestCallRecord(queue, 'HD_24d73b4518bc', 'carrier-5')
  const jobs = await queue.getWaiting()
  t.strictSame(jobs.map(job => job.id).sort(), ['HD_24d73b4518bc_carrier-4', 'HD_24d73b4518bc_carrier-5', 'HD_24d73b4518bc_media'])
})

t.test('a wish is served with the id of its call, and can be made again afterwards', async (t) => {
  const queue = await queueOf(t)
  const written: string[] = []
  const worker = workerOf(t, async callId => { written.push(callId) })
  for (let times = 1; times <= 2; times++) {
    const completed = once(worker, 'completed')
    await requestCallRecord(queue, '0190a3b4-0000-7000-8000-000000000001', 'media')
    await completed
  }
  t.strictSame(written, Array(2).fill('0190a3b4-0000-7000-8000-000000000001'))
})

t.test('a wish that could not be served is tried again', async (t) => {
  const queue = await queueOf(t)
  let attempts = 0
  const worker = workerOf(t, async () => { if (++attempts === 1) throw new Error('the database restarts') })
  const completed = once(worker, 'completed')
  await requestCallRecord(queue, 'HD_24d73b4518bc', 'media')
  await completed
  t.equal(attempts, 2)
})

t.test('job data that does not fit fails for good and does not stop the next job', async (t) => {
  const queue = await queueOf(t)
  const written: string[] = []
  const worker = workerOf(t, async callId => { written.push(callId) })
  const [failed, completed] = [once(worker, 'failed'), once(worker, 'completed')]
  await queue.add('write', { callId: '../../etc' })
  await requestCallRecord(queue, 'HD_24d73b4518bc', 'media')
  await Promise.all([failed, completed])
  t.equal(await queue.getFailedCount(), 1)
  t.equal(await queue.getDelayedCount(), 0)
  t.strictSame(written, ['HD_24d73b4518bc'])
})

t.test('a queue made while Redis was away works once it is there', async (t) => {
  const frozen = await startRedis()
  t.teardown(() => { frozen.thaw(); return frozen.stop() })
  frozen.freeze()
  const patient = new Redis(frozen.url, { maxRetriesPerRequest: null })
  t.teardown(() => patient.disconnect())
  const queue = callRecordsQueue(patient)
  t.teardown(() => queue.close())
  const requested = requestCallRecord(queue, 'HD_24d73b4518bc', 'media')
  frozen.thaw()
  await requested
  t.equal(await queue.getWaitingCount(), 1)
})
