import { Daraja } from '@karani/mpesa'
import { paymentsWorker, type PaymentClaim } from '@karani/queues'
import { darajaModes, startDaraja } from '@karani/simulator'
import { startStack } from '@karani/local-stack'
import { Redis } from 'ioredis'
import { readFile } from 'node:fs/promises'
import t from 'tap'

const SECRET = 'callback_secret_of_this_test_0123456789'

t.test('what M-Pesa says of a push reaches whoever checks payments, and leaves no trace in a log', async (t) => {
  const stack = await startStack({ services: ['webhook-api'], env: { MPESA_CALLBACK_SECRET: SECRET, LOG_LEVEL: 'trace' } })
  t.teardown(async () => await stack.stop())
  const webhooks = stack.services['webhook-api']
  const peer = await startDaraja({ behaviour: { ...darajaModes.duplicated, personMs: 100 } })
  t.teardown(async () => await peer.close())
  const daraja = new Daraja({ baseUrl: peer.url, ...peer.merchant })

  const connection = new Redis(stack.settings['REDIS_URL']!, { maxRetriesPerRequest: null })
  t.teardown(() => connection.disconnect())
  const claims: PaymentClaim[] = []
  let resolve!: () => void
  const checked = new Promise<void>(_resolve => { resolve = _resolve })
  const worker = paymentsWorker(connection, async claim => {
    claims.push(claim)
    resolve()
  }, err => t.fail(err))
  t.teardown(async () => await worker.close())

  const push = { amountKes: 500, phone: '+254712345678', accountReference: 'TC-1042', description: 'Loan', callbackUrl: `${webhooks.url}/mpesa/callback/${SECRET}` }
  const accepted = await daraja.push(push)
  await Promise.all([checked, peer.pushes[0]!.settled])
  t.match(claims[0], { ...accepted, outcome: { state: 'paid' }, amountKes: 500, receipt: peer.pushes[0]!.receipt })
  t.match(peer.deliveries, [{ status: 200 }, { status: 200 }, { status: 200 }])

  peer.next(darajaModes.paid)
  await daraja.push({ ...push, callbackUrl: push.callbackUrl.slice(0, -1) })
  await peer.pushes[1]!.settled
  t.match(peer.deliveries[3], { status: 404 })

  const log = await readFile(`${stack.dataDir}/logs/webhook-api-${webhooks.port}.log`, 'utf8')
  t.match(log, accepted.merchantRequestId)
  for (const canary of [SECRET, SECRET.slice(0, -1), '712345678', peer.pushes[0]!.receipt]) t.notOk(log.includes(canary), `no ${canary}`)
})
