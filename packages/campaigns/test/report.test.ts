import t from 'tap'
import { forecastMinor, reportCsv, reportRows } from '../src/index.ts'
import { demoDatabase, fromCsv } from './helper.ts'

const { records, client } = await demoDatabase(t)
const rates = { outboundPerMinuteMinor: 300, streamPerMinuteMinor: 50 }

t.test('a report counts people, calls, reasons, cost and tokens, whichever way the carrier has told them', async (t) => {
  const { campaign } = await fromCsv(records, 'accountId,phone\nLN-1001,+254712345678\nLN-1002,+254722000002\nLN-1003,+254733000003\nLN-1005,+254755000005\n')
  const ids = (await client.query('select lead_id from dialling.leads order by position')).rows.map(({ lead_id: id }) => id)
  await client.query(`
    insert into dialling.dial_attempts (attempt_id, lead_id, phone, subject, state, reserved_at, carrier_call_ids, conversation, cost_minor, currency) values
      ('a1', '${ids[0]}', 'x1', 'LN-1001', 'ended', now(), '{HD_1,rest-1}', false, 0, 'KES'),
      ('a2', '${ids[0]}', 'x1', 'LN-1001', 'ended', now(), '{HD_2}', true, null, null),
      ('a3', '${ids[1]}', 'x2', 'LN-1002', 'ended', now(), '{HD_3}', true, 400, 'KES'),
      ('a4', '${ids[2]}', 'x3', 'LN-1003', 'withdrawn', now(), '{}', false, null, null),
      ('a5', '${ids[3]}', 'x4', 'LN-1005', 'ended', now(), '{}', false, null, null);
    insert into dialling.call_records (call_id, status, cost_minor, currency, usage) values
      ('HD_2', 'completed', 350, 'KES', '{"promptTokens":100,"responseTokens":20,"totalTokens":120}'), ('HD_3', 'completed', 999, 'KES', '{"promptTokens":1,"responseTokens":2,"totalTokens":3}');
    update dialling.leads set state = 'done', outcome = 'promised' where lead_id = '${ids[0]}';
    update dialling.leads set state = 'done', outcome = 'paid' where lead_id = '${ids[1]}';
    update dialling.leads set state = 'done', outcome = 'refused', reason = 'opt-out' where lead_id = '${ids[2]}';
    update dialling.leads set reason = 'quiet-hours' where lead_id = '${ids[3]}';`)
  const report = await records.campaignReports.report(campaign)
  t.match(report, { leads: 4, waiting: 1, dialling: 0, done: 3, calls: 4, reached: 2, outcomes: { promised: 1, paid: 1, refused: 1 }, refusals: { 'opt-out': 1 }, postponed: { 'quiet-hours': 1 } })
  t.match(report, { costMinor: { KES: 750 }, callsWithoutCost: 1, tokens: { prompt: 101, response: 22, total: 123 } })
  const csv = reportCsv(reportRows(report, { currency: 'KES', rates }))
  t.match(csv, /^what,value\r\nleads,4\r\n/)
  t.match(csv, /\r\nrefused:opt-out,1\r\ncost_minor_KES,750\r\n/)
})

t.test('what waits in a cancelled campaign counts as cancelled', async (t) => {
  const { campaign } = await fromCsv(records, 'accountId,phone\nLN-1001,+254712345678\n', { name: 'another' })
  t.match(await records.campaignReports.counts({ ...campaign, state: 'cancelled' }), { waiting: 0, done: 1, outcomes: { cancelled: 1 } })
})

t.test('the forecast: 1,000 leads, 40 % of them for 90 s at KES 3.50 a minute', async (t) => {
  t.equal(forecastMinor(1_000, rates), 210_000)
  t.equal(forecastMinor(1, rates, { answerRate: 1, secondsPerCall: 1 }), 6, 'rounded up')
  t.equal(forecastMinor(0, rates), 0)
})
