import t from 'tap'
import { readFileSync } from 'node:fs'
import { Redis } from 'ioredis'
import { startRedis } from '@karani/local-stack'
import { createCampaign, enqueueCampaign, objectRows, rehearseCampaign, remindersQueue, type CampaignRowsError } from '../src/index.ts'
import { COURIER, demoDatabase, fromCsv, LENDER, request } from './helper.ts'

const { records, client } = await demoDatabase(t)
const demo = (JSON.parse(readFileSync(new URL('../../../demo/records.json', import.meta.url), 'utf8')) as { campaignCsv: string }).campaignCsv
const AGREED = 'accountId,phone\nLN-1001,+254712345678\nLN-1002,+254722000002\nLN-1005,0254755000005\n'.replace('0254', '254')

const count = async () => (await client.query('select (select count(*)::int from dialling.campaigns) as campaigns, (select count(*)::int from dialling.leads) as leads')).rows[0]
const faultsOf = async (work: Promise<unknown>) => await work.then(() => [], (err: CampaignRowsError) => err.faults.map(({ line, fault }) => [line, fault]))
t.afterEach(() => client.query('truncate dialling.campaigns cascade'))

t.test('every accepted row is a row of the campaign, its number as the records have it', async (t) => {
  const { campaign, isNew, leads } = await fromCsv(records, AGREED)
  t.match(campaign, { name: 'july', line: LENDER.number, purpose: 'reminder', state: 'running' })
  t.strictSame([isNew, leads], [true, 3])
  const { rows } = await client.query('select position, phone, subject, state, outcome from dialling.leads order by position')
  t.strictSame(rows[2], { position: 3, phone: '+254755000005', subject: 'LN-1005', state: 'waiting', outcome: null })
})

t.test('a missing consent is a fault of its line, or is left to the rules', async (t) => {
  t.strictSame(await faultsOf(fromCsv(records, demo)), [[5, 'no-consent']])
  t.strictSame(await count(), { campaigns: 0, leads: 0 })
  await fromCsv(records, demo, { withoutConsent: 'refuse' })
  t.strictSame(await count(), { campaigns: 1, leads: 5 })
})

t.test('all faults are told at once, in their order, and nothing is half imported', async (t) => {
  const file = 'phone,accountId,name\n+254712345678,LN-1001,"Wanjiru, Amina"\n12,LN-1002,b\n+254722000002,LN-9999,c\n+254722000003,LN-1002,d\n+254712345678,LN-1001,\n+254755000005,LN-1005\n+254755000005,,e\n+254744000004,LN-1004,\n'
  t.strictSame(await faultsOf(fromCsv(records, file)), [[3, 'bad-number'], [4, 'unknown'], [5, 'other-number'], [6, 'repeated'], [7, 'malformed'], [8, 'no-subject'], [9, 'no-consent']])
  await t.rejects(fromCsv(records, file), { code: 'CAMPAIGN_ROWS_FAULTY', statusCode: 422, count: 7, faults: [{}, {}, {}, { line: 6, message: /line 2 already/ }] })
  t.strictSame(await count(), { campaigns: 0, leads: 0 })
})

t.test('a list that says otherwise than the records is stopped where it does, and told which column', async (t) => {
  const [{ due_on: due }] = (await client.query("select due_on::text from business.accounts where account_id = 'LN-1001'")).rows
  const list = (...rows: string[]) => fromCsv(records, `accountId,phone,name,amount,due_on\n${rows.map(row => `LN-1001,+254712345678,${row}\n`).join('')}`)
  for (const row of [`Amina Wanjiru,500,${due}`, '"WANJIRU, amina",500.00,', ',,', `,"500.0",${due}`]) t.ok(await list(row), row)
  const contradictions = [['Brian Otieno,500,', 'name of LN-1001'], ['Amina,,', 'name of'], [',501,', 'amount of'], [',"1,500.00",2026-01-01', 'amount and dueOn of'], ['A,1,2026-01-01', 'name and amount and dueOn']] as const
  for (const [row, words] of contradictions) {
    const err = await list(row).catch((err: CampaignRowsError) => err) as CampaignRowsError
    t.match(err.faults, [{ line: 2, fault: 'differs', message: words }])
    t.notMatch(err.faults[0]!.message, /Brian|Amina|Wanjiru|50[01]|2026/, 'neither value is told')
  }
  for (const row of [',five hundred,', ',-500,', ',500.005,', ',,+7', ',,2026-02-30', `${'x'.repeat(201)},,`]) t.strictSame(await faultsOf(list(row)), [[2, 'bad-value']], row)
  t.strictSame(await faultsOf(fromCsv(records, 'accountId,phone,amount_due_kes,due_date\nLN-1001,+254712345678,700,+7\n')), [[2, 'differs']])
  t.strictSame(await faultsOf(fromCsv(records, 'trackingId,phone,name,amount\nTRK-427,+254712345678,Brian Otieno,1\n', { line: COURIER })), [[2, 'differs']])
  t.ok(await fromCsv(records, 'trackingId,phone,name,amount\nTRK-427,+254712345678,Amina Wanjiru,1\n', { line: COURIER }), 'no amount is due for a parcel')
})

t.test('a file that is no list of rows is refused where it goes wrong', async (t) => {
  for (const [file, line] of [['', 1], ['accountId,phone\n', 1], ['account,phone\nLN-1001,+254712345678\n', 1], [`accountId,phone\nLN-1001,"+254712345678\n${'x'.repeat(20_000)}`, 3]] as const) {
    await t.rejects(fromCsv(records, file), { code: 'CAMPAIGN_ROWS_FAULTY', faults: [{ line, fault: 'malformed' }] }, file.slice(0, 40))
  }
  t.same((await fromCsv(records, `\ufeff${AGREED.replaceAll('\n', '\r\n')}`)).leads, 3, 'a mark and the line ends of Windows are nothing wrong')
})

t.test('of very many faults the first hundred are told, and how many there are', async (t) => {
  const rows = Array.from({ length: 5_000 }, (_, n) => ({ accountId: `LN-9${n}`, phone: '+254712345678' }))
  const err = await createCampaign(records, request(), objectRows(rows)).catch((err: CampaignRowsError) => err) as CampaignRowsError
  t.equal(err.count, 5_000)
  t.strictSame(err.faults.map(({ line }) => line), Array.from({ length: 100 }, (_, n) => n + 1))
})

t.test('a courier calls about parcels, a restaurant about nothing', async (t) => {
  const { campaign } = await fromCsv(records, 'trackingId,phone\nTRK-427,+254712345678\n', { line: COURIER })
  t.equal(campaign.purpose, 'delivery')
  await t.rejects(fromCsv(records, AGREED, { purpose: 'delivery' }), { code: 'CAMPAIGN_LINE_UNFIT' })
  await t.rejects(fromCsv(records, AGREED, { line: { number: '+254711000003', agent: 'restaurant' } }), { code: 'CAMPAIGN_LINE_UNFIT' })
})

t.test('the same request under one key, 20 times at once, is one campaign; another request is refused', async (t) => {
  const made = await Promise.all(Array.from({ length: 20 }, () => fromCsv(records, AGREED, { key: 'k' })))
  t.equal(new Set(made.map(({ campaign }) => campaign.campaignId)).size, 1)
  t.equal(made.filter(({ isNew }) => isNew).length, 1)
  t.strictSame(await count(), { campaigns: 1, leads: 3 })
  for (const [file, other] of [[AGREED, { name: 'august' }], [AGREED.replace('LN-1005', 'LN-1004'), {}], [AGREED, { dueAt: new Date() }]] as const) {
    await t.rejects(fromCsv(records, file, { key: 'k', ...other }), { code: 'CAMPAIGN_CONFLICT', statusCode: 409 })
  }
})

t.test('a rehearsal tells what would happen to each row, and leaves nothing behind', async (t) => {
  const rows: unknown[] = []
  await rehearseCampaign(records, request({ key: 'k', withoutConsent: 'refuse' }), objectRows([{ accountId: 'LN-1001', phone: '+254712345678' }, { accountId: 'LN-1003', phone: '+254733000003' }]), facts => {
    const isStopped = facts.stops.length > 0
    return { question: {} as never, decision: isStopped ? { verdict: 'never', reason: 'opt-out', policyVersion: 't' } : { verdict: 'call-now', policyVersion: 't' } }
  }, row => rows.push(row))
  t.match(rows, [{ line: 1, subject: 'LN-1001', decision: { verdict: 'call-now' } }, { line: 2, subject: 'LN-1003', decision: { verdict: 'never', reason: 'opt-out' } }])
  t.strictSame(await count(), { campaigns: 0, leads: 0 })
})

t.test('what is due is queued by whoever made the campaign; the queue may be lost and is filled again by the outbox', async (t) => {
  const server = await startRedis()
  const redis = new Redis(server.url, { maxRetriesPerRequest: null })
  const queue = remindersQueue(redis)
  t.teardown(async () => {
    await queue.close()
    redis.disconnect()
    await server.stop()
  })
  const { campaign } = await fromCsv(records, AGREED)
  const later = await fromCsv(records, AGREED, { dueAt: new Date(Date.now() + 3600_000) })
  t.equal(await enqueueCampaign(records, queue, campaign.campaignId), 3)
  t.equal(await enqueueCampaign(records, queue, later.campaign.campaignId), 0)
  t.equal(await queue.getWaitingCount(), 3)
  t.strictSame(await records.write(({ campaigns }) => campaigns.takeUnqueued(100)), [], 'they were queued just now')
  await client.query("update dialling.leads set queued_at = queued_at - interval '61 seconds'")
  t.equal((await records.write(({ campaigns }) => campaigns.takeUnqueued(100))).length, 3)
})
