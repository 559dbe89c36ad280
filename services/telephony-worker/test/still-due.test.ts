import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import t from 'tap'
import { diallingHouse, eventually, phoneOf } from './dialling-house.ts'

const house = await diallingHouse(t)
const { campaign, worker, lead, leadRow, attempts, dialsTo, age, db } = house
await campaign()

/** What the bank says of any account; `silent`: nothing. */
const bank = { nextPaymentMinor: 50_000, status: 200 as number | 'silent', asked: 0 }
const server = createServer((request, response) => {
  void json(request).then(query => {
    bank.asked++
    if (bank.status === 'silent') return
    const n = Number((query as { accountKey: string }).accountKey.slice('LN9'.length))
    const account = {
      accountId: `LN-9${n}`, borrower: 'Somebody', phone: phoneOf(n), nationalIdLast4: '1234', birthYear: 1990, balanceMinor: 100_000, nextPaymentMinor: bank.nextPaymentMinor, currency: 'KES', dueOn: '2026-11-27', status: 'current', language: 'en-KE'
    }
    response.writeHead(bank.status, { 'content-type': 'application/json' }).end(JSON.stringify(account))
  })
}).listen(0, '127.0.0.1')
await once(server, 'listening')
t.teardown(() => {
  server.close()
  server.closeAllConnections()
})
const app = await worker({ LENDING_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, LENDING_SECRET: 'a-secret-of-more-than-32-characters-for-tests' })
const round = async (): Promise<void> => await app.reconciler.round()
t.beforeEach(() => Object.assign(bank, { nextPaymentMinor: 50_000, status: 200, asked: 0 }))
let n = 0

t.test('who still owes is reminded, after the bank was asked', async (t) => {
  await lead(++n)
  await round()
  await eventually(() => dialsTo(n) === 1)
  t.equal(bank.asked, 1)
})

t.test('who paid this morning is not reminded, though the list and the records say so', async (t) => {
  const leadId = await lead(++n)
  bank.nextPaymentMinor = 0
  await round()
  await eventually(async () => (await leadRow(leadId)).state === 'done')
  t.match(await leadRow(leadId), { outcome: 'refused', reason: 'paid', attempts: 0 })
  t.strictSame([await attempts(leadId), dialsTo(n)], [[], 0])
})

for (const status of [503, 'silent'] as const) {
  t.test(`a bank that cannot say (${status}) is no leave to dial: the lead waits, and is dialled once the bank is back`, async (t) => {
    const leadId = await lead(++n)
    bank.status = status
    await round()
    await eventually(async () => { const { rows: [row] } = await db.query("select due_at > dialling.now() + interval '4 minutes' as later from dialling.leads where lead_id = $1", [leadId]); return row.later }, 'it is put off')
    t.match(await leadRow(leadId), { state: 'waiting', attempts: 0 })
    t.strictSame([await attempts(leadId), dialsTo(n)], [[], 0])
    bank.status = 200
    await age(301)
    await round()
    await eventually(() => dialsTo(n) === 1)
  })
}

t.test('a notice of a delivery is no matter of the lender, and a campaign that stands still asks nothing', async (t) => {
  const paused = await lead(++n, await campaign('august'))
  await db.query("update dialling.campaigns set state = 'paused', paused_by = 'staff' where campaign_id = 'august'")
  await app.records.write(async ({ campaigns }) => {
    t.equal(await campaigns.accountToRemindOf(paused), null)
    t.equal(await campaigns.accountToRemindOf('no-such-lead'), null)
  })
  await campaign('parcels')
  await db.query("update dialling.campaigns set purpose = 'delivery' where campaign_id = 'parcels'")
  const parcel = await lead(++n, 'parcels')
  await round()
  await eventually(async () => (await leadRow(parcel)).reason !== null, 'the rules have refused it for want of consent')
  t.equal(bank.asked, 0)
})
