import { setTimeout as wait } from 'node:timers/promises'
import t from 'tap'
import { answersOf, build } from './helper.ts'

const lines: string[] = []
const house = await build(t, { logger: { level: 'trace', stream: { write: line => { lines.push(line) } } } })
const { app, tool, db } = house

const PERSONAL = ['4821', '1990', 'LN-1001', 'Amina', '254712345678', 'proposal-', 'password', 'a secret reason', 'TRK-427', 'Westlands']

t.test('a database that is too slow is an answer in time, and nothing is half written', async (t) => {
  await tool('verifyIdentity', answersOf.amina)
  await db.query('begin; lock table business.proposals in access exclusive mode; lock table business.shipments in access exclusive mode')
  const askedAt = performance.now()
  const replies = await Promise.all([
    tool('recordPromiseToPay', { amount: 500, payBy: 'kesho' }, { id: 'slow' }),
    tool('trackShipment', { trackingId: 'TRK-427' }, { agent: 'courier' })
  ])
  t.ok(performance.now() - askedAt < 3_000)
  for (const { status, body } of replies) t.match({ status, body }, { status: 503, body: { id: /./, error: { code: 'TEMPORARILY_UNAVAILABLE', message: 'This is not available right now. Try once more in a moment.' } } })
  await db.query('rollback')
  t.match((await tool('recordPromiseToPay', { amount: 500, payBy: 'kesho' }, { id: 'slow' })).body.output, { proposalId: /./ }, 'the same call may be repeated')
  t.equal((await db.query('select from business.proposals')).rowCount, 1)
})

t.test('connections that the database cuts are replaced', async (t) => {
  await Promise.all(Array.from({ length: 5 }, () => tool('getMenu', {}, { agent: 'restaurant' })))
  await db.query('select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()')
  while ((await tool('getMenu', {}, { agent: 'restaurant' })).status !== 200) await wait(10)
  t.equal((await tool('getAccount')).body.output?.accountId, 'LN-1001')
})

t.test('without a database every tool that needs it says so, and the service stays', async (t) => {
  const { app, tool } = await build(t, { replicaOf: { ...house, databaseUrl: 'postgres://karani:password@127.0.0.1:1/karani' }, logger: { level: 'trace', stream: { write: line => { lines.push(line) } } } })
  const replies = await Promise.all([
    tool('verifyIdentity', answersOf.amina), tool('getAccount'), tool('recordPromiseToPay', { amount: 500, payBy: 'leo' }), tool('escalate', { reason: 'a secret reason' }),
    tool('trackShipment', {}, { agent: 'courier' }), tool('confirmAddress', { trackingId: 'TRK-427', recipientName: 'Amina Wanjiru' }, { agent: 'courier' }),
    tool('reschedule', { trackingId: 'TRK-427', newDate: 'kesho', address: 'Westlands' }, { agent: 'courier' }), tool('getMenu', {}, { agent: 'restaurant' }), tool('answerQuestion', { question: 'Where?' }, { agent: 'support' })
  ])
  for (const { status, raw } of replies) {
    t.equal(status, 503)
    t.match(JSON.parse(raw), { error: { code: 'TEMPORARILY_UNAVAILABLE', message: /\w/ } })
    t.notMatch(raw, /ECONN|127\.0\.0\.1|select|at /)
  }
  t.equal((await tool('getTotal', {}, { agent: 'restaurant' })).status, 200)
  t.equal((await app.inject('/readyz')).statusCode, 503)
  t.equal((await app.inject('/healthz')).statusCode, 200)
})

t.test('the log names tools, outcomes and codes, and nothing personal', async (t) => {
  await db.query('alter table business.accounts rename to elsewhere')
  t.equal((await tool('verifyIdentity', answersOf.amina)).status, 503)
  await db.query('alter table business.elsewhere rename to accounts')
  await app.inject({ method: 'POST', url: '/v1/calls/HD_1/tools/Amina%20Wanjiru' })
  await tool('confirmAddress', { trackingId: 'TRK-427', recipientName: 'Amina Wanjiru' }, { agent: 'courier' })
  await tool('reschedule', { trackingId: 'TRK-427', newDate: '2026-11-24', address: 'Westlands' }, { agent: 'courier' })
  const log = lines.join('')
  for (const word of PERSONAL) t.notOk(log.includes(word), `the log does not hold '${word}'`)
  t.match(log, '"tool":"verifyIdentity","outcome":"ok"')
  t.match(log, '"code":"42P01"')
  t.match(log, '"code":"ECONNREFUSED"')
  t.match(log, '"code":"57014"')
})
