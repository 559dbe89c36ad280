import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import pg from 'pg'
import t from 'tap'
import { httpLending, type LoanAccount } from '@karani/business-systems'
import { startPostgres } from '@karani/local-stack'
import { migrate, Records, seed } from '@karani/records'
import { AccountCopies } from '../src/index.ts'

const NOON = new Date('2026-11-21T09:00:00Z')
const ACCOUNT: LoanAccount = {
  accountId: 'LN-7001', borrower: 'Wanjiku Njeri', phone: '+254733000701', nationalIdLast4: '5512', birthYear: 1988, balanceMinor: 300_000, nextPaymentMinor: 100_000, currency: 'KES', dueOn: '2026-11-27', status: 'current', language: 'en-KE'
}

const postgres = await startPostgres()
t.teardown(() => postgres.stop())
await migrate(postgres.url)
await seed(postgres.url, NOON)
const records = new Records({ url: postgres.url })
t.teardown(() => records.close())
const db = new pg.Client(postgres.url)
await db.connect()
t.teardown(() => db.end())

/** What the bank says to any question: an account, that there is none, or a trouble. */
const bank = { account: ACCOUNT as LoanAccount | null, status: 200, asked: [] as unknown[] }
const server = createServer((request, response) => {
  void json(request).then(query => {
    bank.asked.push(query)
    response.writeHead(bank.account === null ? 404 : bank.status, { 'content-type': 'application/json' }).end(JSON.stringify(bank.account))
  })
}).listen(0, '127.0.0.1')
await once(server, 'listening')
t.teardown(() => {
  server.close()
  server.closeAllConnections()
})

let now = NOON
const lending = httpLending({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, secret: 'a-secret-of-more-than-32-characters-for-tests' })
const accounts = new AccountCopies(lending, records, () => now)

t.beforeEach(() => {
  Object.assign(bank, { account: ACCOUNT, status: 200, asked: [] })
  now = new Date(now.getTime() + 60_000)
})

t.test('what the bank says is due is due, and what it says is paid is not', async (t) => {
  t.equal(await accounts.stillDue('LN-7001'), true)
  t.strictSame(bank.asked, [{ accountKey: 'LN7001' }])
  bank.account = { ...ACCOUNT, nextPaymentMinor: 0 }
  t.equal(await accounts.stillDue('LN-7001'), true, 'for a minute it need not be asked')
  now = new Date(now.getTime() + 60_000)
  t.equal(await accounts.stillDue('LN-7001'), false)
  t.equal(bank.asked.length, 2)
})

t.test('an account that the bank does not have owes nothing, whatever the records have', async (t) => {
  bank.account = null
  t.equal(await accounts.stillDue('LN-1001'), false)
  t.equal(await accounts.stillDue('LN-9999'), false)
})

t.test('a bank that cannot say is an error, and no leave to dial', async (t) => {
  t.equal(await accounts.stillDue('LN-7001'), true)
  bank.status = 503
  t.equal(await accounts.stillDue('LN-7001'), true, 'a young copy will do')
  now = new Date(now.getTime() + 60_000)
  await t.rejects(accounts.stillDue('LN-7001'), { code: 'SYSTEM_UNAVAILABLE' })
  await t.rejects(accounts.stillDue('LN-1001'), { code: 'SYSTEM_UNAVAILABLE' })
  bank.status = 200
  bank.account = { ...ACCOUNT, accountId: 'LN-7002' }
  await t.rejects(accounts.stillDue('LN-7001'), { code: 'SYSTEM_UNAVAILABLE' }, 'nor can one that speaks of another account')
})

t.test('a payment of which the bank has yet to hear is not due any more, though it says so', async (t) => {
  t.equal(await accounts.stillDue('LN-7001'), true)
  now = new Date(now.getTime() + 60_000)
  await db.query("update business.accounts set next_payment_minor = 0 where account_id = 'LN-7001'")
  await db.query(`insert into business.system_effects (effect_id, system, kind, subject, call_id, payload, created_at, next_try_at)
    values ('payment-1', 'lending', 'paid', 'LN-7001', 'HD_1', '{}', $1, $1)`, [now])
  t.equal(await accounts.stillDue('LN-7001'), false)
  t.equal(bank.asked.length, 2)
  await db.query("update business.system_effects set state = 'told', settled_at = clock_timestamp() - interval '1 second'")
  t.equal(await accounts.stillDue('LN-7001'), true, 'once it was told, the bank knows best')
})

t.test("without a bank's system the records say", async (t) => {
  const own = new AccountCopies(null, records, () => now)
  await db.query("update business.accounts set gone_since = null, next_payment_minor = 50000 where account_id = 'LN-1001'")
  t.equal(await own.stillDue('LN-1001'), true)
  await db.query("update business.accounts set next_payment_minor = 0 where account_id = 'LN-1001'")
  t.equal(await own.stillDue('LN-1001'), false)
  t.equal(await own.stillDue('LN-9999'), false)
  t.equal(bank.asked.length, 0)
})
