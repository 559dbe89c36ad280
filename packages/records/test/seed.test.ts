import t from 'tap'
import { migrate, seed } from '../src/index.ts'
import { emptyDatabase } from './database.ts'

const { url, client } = await emptyDatabase(t)
await migrate(url)

const everything = async () => {
  const tables = ['accounts', 'shipments', 'menu_items', 'menu_modifiers', 'knowledge_articles']
  const contents = []
  for (const table of tables) contents.push((await client.query(`select to_jsonb(t) as row from business.${table} t order by 1`)).rows)
  return [...contents, (await client.query('select * from dialling.consents order by consent_id')).rows, (await client.query('select * from dialling.stops')).rows]
}
const dueDays = async () => (await client.query('select account_id, due_on::text from business.accounts order by 1')).rows.map(row => row.due_on)

t.test('the demo records are written once, however often the seed runs', async (t) => {
  const now = new Date('2026-11-21T09:00:00Z')
  t.strictSame(await seed(url, now), { accounts: 5, shipments: 4, menuItems: 5, articles: 9 })
  const first = await everything()
  await Promise.all([seed(url, now), seed(url, now)])
  t.strictSame(await everything(), first)
})

t.test('dates are counted from the day in Nairobi, not in UTC', async (t) => {
  await seed(url, new Date('2026-11-21T20:59:59Z'))
  t.strictSame(await dueDays(), ['2026-11-28', '2026-11-12', '2026-11-21', '2026-11-19', '2026-11-22'])
  await seed(url, new Date('2026-11-21T21:00:00Z'))
  t.strictSame(await dueDays(), ['2026-11-29', '2026-11-13', '2026-11-22', '2026-11-20', '2026-11-23'])
})

t.test('what calls have left behind survives; a lock-out of a demo account or parcel does not', async (t) => {
  await client.query(`
    insert into business.proposals (proposal_id, call_id, tool, subject, terms, caller_turn, proposed_at, expires_at)
      values ('p', 'HD_1', 'recordPromiseToPay', 'LN-1001', '{}', 1, now(), now());
    insert into business.promises values ('q', 'p', 'HD_1', 'LN-1001', 50000, 'KES', '2026-11-28', now());
    insert into business.callbacks (call_id, agent, reason, asked_at) values ('HD_1', 'lender', 'asked', now());
    insert into business.verification_attempts (call_id, account_id, outcome, attempted_at)
      values ('HD_1', 'LN-1001', 'passed', now()), ('HD_2', 'LN-1001', 'failed', now());
    insert into business.recipient_checks (call_id, tracking_id, outcome, checked_at)
      values ('HD_1', 'TRK-427', 'passed', now()), ('HD_2', 'TRK-427', 'failed', now()), ('HD_2', null, 'failed', now());
    insert into dialling.call_records (call_id, status) values ('HD_1', 'completed');`)
  await seed(url, new Date('2026-12-01T09:00:00Z'))
  const { rows: [left] } = await client.query(`select
    (select count(*)::int from business.promises) as promises, (select count(*)::int from business.callbacks) as callbacks,
    (select count(*)::int from dialling.call_records) as records, (select array_agg(outcome) from business.verification_attempts) as attempts,
    (select array_agg(outcome order by check_id) from business.recipient_checks) as checks`)
  t.strictSame(left, { promises: 1, callbacks: 1, records: 1, attempts: ['passed'], checks: ['passed', 'failed'] })
})

t.test('the borrower who opted out has a stop, since the first seed', async (t) => {
  const { rows } = await client.query('select phone, account_id, reason, scope, since, until from dialling.stops')
  t.strictSame(rows, [{ phone: '+254733000003', account_id: 'LN-1003', reason: 'opt-out', scope: 'calls', since: new Date('2026-11-21T09:00:00Z'), until: null }])
})

t.test('those of whom the demo says so have agreed to reminders, and recipients asked for their parcels; nobody else', async (t) => {
  const { rows } = await client.query('select subject, array_agg(purpose order by purpose) as purposes, bool_and(evidence like \'demo:%\' and given_at < $1) as sound from dialling.consents group by 1 order by 1', [new Date('2026-11-21T09:00:00Z')])
  const lender = ['LN-1001', 'LN-1002', 'LN-1003', 'LN-1005'].map(subject => ({ subject, purposes: ['collection', 'reminder'], sound: true }))
  t.strictSame(rows, [...lender, ...['TRK-427', 'TRK-428', 'TRK-429', 'TRK-430'].map(subject => ({ subject, purposes: ['delivery'], sound: true }))])
})
