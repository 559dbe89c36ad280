import t, { type Test } from 'tap'
import pg from 'pg'
import { Redis } from 'ioredis'
import { remindersQueue } from '@karani/campaigns'
import { startPostgres } from '@karani/local-stack'
import { migrate, seed } from '@karani/records'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { build, type Service } from './helper.ts'

const TOKEN = 'api-0123456789abcdef0123456789abcdef'
const postgres = await startPostgres()
const client = new pg.Client({ connectionString: postgres.url })
await migrate(postgres.url)
await seed(postgres.url, new Date())
await client.connect()
t.teardown(async () => {
  await client.end()
  await postgres.stop()
})
t.afterEach(() => client.query('truncate dialling.campaigns cascade; delete from dialling.stops where channel is not null'))

const ROWS = [{ accountId: 'LN-1001', phone: '+254712345678' }, { accountId: 'LN-1005', phone: '0254755000005'.slice(1) }]
const GEORGE = { phone: '+254744000004', purpose: 'reminder', basis: 'consent', givenAt: '2026-01-05T10:00:00+03:00', channel: 'paper', evidence: 'branch 4, folder 12' }
const JULY = { name: 'july', line: 'lender', rows: ROWS }

interface Api extends Service { ask (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: unknown, headers?: Record<string, string>): Promise<LightMyRequestResponse> }

async function api (t: Test, env: Record<string, string> = {}): Promise<Api> {
  const service = await build(t, { API_TOKENS: `another-0123456789abcdef0123456789ab,${TOKEN}`, DATABASE_URL: postgres.url, ...env })
  const ask = async (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: unknown, headers = {}): Promise<LightMyRequestResponse> =>
    await service.app.inject({ method, url, headers: { authorization: `Bearer ${TOKEN}`, ...headers }, payload } as InjectOptions)
  return { ...service, ask }
}

const leads = async () => (await client.query('select phone, subject, state, outcome from dialling.leads order by position')).rows
const queued = async (t: Test, { redis }: Service, expected: number): Promise<boolean> => {
  const connection = new Redis(redis.url, { maxRetriesPerRequest: null })
  const queue = remindersQueue(connection)
  try {
    for (let tries = 0; tries < 200 && await queue.getWaitingCount() < expected; tries++) await new Promise(resolve => setImmediate(resolve))
    return await queue.getWaitingCount() === expected
  } finally {
    await queue.close()
    connection.disconnect()
  }
}

t.test('nobody gets in without a token, and without tokens there is no door', async (t) => {
  const { app } = await api(t)
  for (const authorization of [undefined, '', 'Bearer', `Bearer ${TOKEN}x`, `Bearer ${TOKEN.toUpperCase()}`, TOKEN, `Basic ${TOKEN}`]) {
    for (const [method, url] of [['POST', '/v1/campaigns'], ['GET', '/v1/campaigns/campaign-0123456789abcdef'], ['POST', '/v1/opt-outs'], ['POST', '/v1/reminders'], ['POST', '/v1/consents']] as const) {
      const res = await app.inject({ method, url, headers: authorization === undefined ? {} : { authorization }, payload: method === 'POST' ? JULY : undefined } as InjectOptions)
      t.strictSame([res.statusCode, res.json().error.code], [401, 'API_TOKEN_INVALID'], `${url} ${authorization}`)
    }
  }
  const closed = await build(t)
  for (const url of ['/v1/campaigns', '/v1/opt-outs', '/v1/consents']) t.equal((await closed.app.inject({ method: 'POST', url, headers: { authorization: `Bearer ${TOKEN}` }, payload: JULY })).statusCode, 404)
  t.strictSame(await leads(), [])
})

t.test('a campaign is rows before it is accepted, and its leads are queued', async (t) => {
  const service = await api(t)
  const res = await service.ask('POST', '/v1/campaigns', JULY)
  t.equal(res.statusCode, 202)
  t.match(res.json(), { campaignId: /^campaign-[0-9a-f]{16}$/, name: 'july', purpose: 'reminder', state: 'running', leads: 2 })
  t.match(await leads(), [{ phone: '+254712345678', subject: 'LN-1001', state: 'waiting' }, { phone: '+254755000005' }])
  t.ok(await queued(t, service, 2))
})

t.test('a list in CSV has its terms in the query', async (t) => {
  const { ask } = await api(t)
  const csv = 'trackingId,phone\nTRK-427,+254712345678\n'
  t.equal((await ask('POST', '/v1/campaigns?name=today&line=courier', csv, { 'content-type': 'text/csv' })).statusCode, 202)
  const refused = await ask('POST', '/v1/campaigns?name=today', csv, { 'content-type': 'text/csv' })
  t.strictSame([refused.statusCode, refused.json().error.code], [400, 'REQUEST_INVALID'])
})

t.test('what does not fit is refused with its place, and nothing of it is taken', async (t) => {
  const { ask } = await api(t)
  for (const body of [{}, { ...JULY, name: '' }, { ...JULY, rows: 'all' }, { ...JULY, purpose: 'sale' }, { ...JULY, at: 'tomorrow' }, { ...JULY, rows: [1] }, '{"name"', '[]']) {
    t.equal((await ask('POST', '/v1/campaigns', body, { 'content-type': 'application/json' })).statusCode, 400, JSON.stringify(body))
  }
  t.equal((await ask('POST', '/v1/campaigns', { ...JULY, line: 'support' })).json().error.code, 'CAMPAIGN_LINE_UNFIT')
  t.equal((await ask('POST', '/v1/campaigns', { ...JULY, line: 'nobody' })).json().error.code, 'CAMPAIGN_LINE_UNFIT')
  const faulty = await ask('POST', '/v1/campaigns', { ...JULY, rows: [...ROWS, { accountId: 'LN-1004', phone: '+254744000004' }, { accountId: 'LN-1', phone: '1' }] })
  t.equal(faulty.statusCode, 422)
  t.match(faulty.json().error, { code: 'CAMPAIGN_ROWS_FAULTY', count: 2, faults: [{ line: 3, fault: 'no-consent' }, { line: 4, fault: 'bad-number' }] })
  t.strictSame(await leads(), [])
})

t.test('the same request under one key is the same campaign; another under it is refused', async (t) => {
  const { ask } = await api(t)
  const key = { 'idempotency-key': 'k-1' }
  const answers = await Promise.all(Array.from({ length: 10 }, () => ask('POST', '/v1/campaigns', JULY, key)))
  t.strictSame([...new Set(answers.map(({ statusCode }) => statusCode))], [202])
  t.equal(new Set(answers.map(res => res.json().campaignId)).size, 1)
  t.strictSame([(await ask('POST', '/v1/campaigns', { ...JULY, name: 'june' }, key)).statusCode, (await leads()).length], [409, 2])
})

t.test('a campaign is looked at, paused, resumed, cancelled and reported', async (t) => {
  const { ask } = await api(t)
  const { campaignId } = (await ask('POST', '/v1/campaigns', JULY)).json()
  const url = `/v1/campaigns/${campaignId}`
  t.match((await ask('GET', url)).json(), { state: 'running', waiting: 2 })
  t.match((await ask('POST', `${url}/pause`)).json(), { state: 'paused', pausedBy: 'staff' })
  t.match((await ask('POST', `${url}/pause`)).json(), { state: 'paused' })
  t.match((await ask('POST', `${url}/resume`)).json(), { state: 'running', pausedBy: null })
  t.match((await ask('POST', `${url}/cancel`)).json(), { state: 'cancelled', waiting: 0, outcomes: { cancelled: 2 } })
  t.match((await ask('GET', `${url}/report`)).json(), { leads: 2, calls: 0, figures: { cost_minor_KES: 0 } })
  const csv = await ask('GET', `${url}/report`, undefined, { accept: 'text/csv' })
  t.match(csv.headers['content-type'], 'text/csv')
  t.match(csv.body, /^what,value\r\nleads,2\r\n/)
  t.equal((await ask('GET', '/v1/campaigns/campaign-0123456789abcdef')).json().error.code, 'CAMPAIGN_UNKNOWN')
  t.equal((await ask('GET', "/v1/campaigns/x'%20or%201=1")).statusCode, 400)
})

t.test('one reminder of an account a day, however often it is asked for', async (t) => {
  const { ask } = await api(t)
  const answers = await Promise.all(Array.from({ length: 10 }, () => ask('POST', '/v1/reminders', { accountId: 'LN-1001' })))
  t.strictSame([...new Set(answers.map(res => [res.statusCode, res.json().leadId].join()))].length, 1)
  t.match(await leads(), [{ phone: '+254712345678', subject: 'LN-1001', state: 'waiting' }])
  t.equal((await ask('POST', '/v1/reminders', { accountId: 'LN-9999' })).json().error.code, 'ACCOUNT_UNKNOWN')
})

t.test('an opt-out is a stop at once, by number, by account or by what was written', async (t) => {
  const { ask } = await api(t)
  const stops = async () => (await client.query('select phone, account_id, reason, scope, channel, until from dialling.stops where channel is not null order by phone')).rows
  t.strictSame((await ask('POST', '/v1/opt-outs', { phone: '254 712 345 678', channel: 'sms', text: 'acha nione kama naweza kulipa' })).json(), { optedOut: false })
  t.strictSame(await stops(), [])
  t.strictSame((await ask('POST', '/v1/opt-outs', { phone: '254 712 345 678', channel: 'sms', text: 'ACHENI KUNIPIGIA!' })).json(), { optedOut: true })
  t.strictSame((await ask('POST', '/v1/opt-outs', { accountId: 'LN-1002', channel: 'staff' })).json(), { optedOut: true })
  t.match(await stops(), [
    { phone: '+254712345678', account_id: null, reason: 'opt-out', scope: 'calls', channel: 'sms', until: null },
    { phone: '+254722000002', account_id: 'LN-1002', channel: 'staff' }
  ])
  for (const [body, status] of [[{}, 400], [{ phone: 'me' }, 400], [{ accountId: 'LN-9999' }, 404], [{ phone: '+254712345678', channel: 'pigeon' }, 400]] as const) t.equal((await ask('POST', '/v1/opt-outs', body)).statusCode, status)
})

t.test('consents are recorded with their evidence, all or none, and open the list to who gave them', async (t) => {
  const { ask } = await api(t)
  t.teardown(() => client.query("delete from dialling.consents where phone = '+254744000004'"))
  const evidence = async () => (await client.query("select purpose, channel, evidence, withdrawn_at from dialling.consents where phone = '+254744000004'")).rows
  const list = { name: 'one', line: 'lender', rows: [{ accountId: 'LN-1004', phone: '+254744000004' }] }
  const faulty = await ask('POST', '/v1/consents', { rows: [GEORGE, { ...GEORGE, evidence: '' }, { ...GEORGE, phone: '1' }] })
  t.equal(faulty.statusCode, 422)
  t.match(faulty.json().error, { code: 'CAMPAIGN_ROWS_FAULTY', count: 2, faults: [{ line: 2, fault: 'no-evidence' }, { line: 3, fault: 'bad-number' }] })
  t.strictSame([await evidence(), (await ask('POST', '/v1/campaigns', list)).statusCode], [[], 422])
  for (const given of [1, 0]) t.match((await ask('POST', '/v1/consents', { rows: [GEORGE] })).json(), { rows: 1, given, withdrawn: 0, stopped: 0 })
  t.match(await evidence(), [{ purpose: 'reminder', channel: 'paper', evidence: 'branch 4, folder 12', withdrawn_at: null }])
  t.equal((await ask('POST', '/v1/campaigns', list)).statusCode, 202)
  t.match((await ask('POST', '/v1/consents', 'phone,purpose,withdrawn_at\n+254744000004,reminder,2026-02-01T10:00:00+03:00\n', { 'content-type': 'text/csv' })).json(), { withdrawn: 1 })
  t.equal((await ask('POST', '/v1/campaigns', list)).statusCode, 422)
  for (const body of [{}, { rows: [{ ...GEORGE, until: '2030' }] }, { rows: [1] }, []]) t.equal((await ask('POST', '/v1/consents', body)).statusCode, 400)
})

t.test('a day is closed at once, listed and opened again', async (t) => {
  const { ask } = await api(t)
  t.strictSame((await ask('POST', '/v1/closed-days', { day: '2097-12-24', name: 'Eve' })).json(), { country: 'KE', day: '2097-12-24', name: 'Eve' })
  t.equal((await ask('POST', '/v1/closed-days', { day: '2097-12-24', name: 'Christmas Eve' })).statusCode, 200)
  await ask('POST', '/v1/closed-days', { day: '2097-06-03', name: 'Martyrs', country: 'UG' })
  await ask('POST', '/v1/closed-days', { day: '2020-01-02', name: 'Over' })
  t.strictSame((await ask('GET', '/v1/closed-days')).json(), { closedDays: [{ country: 'UG', day: '2097-06-03', name: 'Martyrs' }, { country: 'KE', day: '2097-12-24', name: 'Christmas Eve' }] })
  t.strictSame((await ask('DELETE', '/v1/closed-days/UG/2097-06-03')).json(), { reopened: true })
  for (const day of ['2097-06-03', '2097-02-31']) t.strictSame((await ask('DELETE', `/v1/closed-days/UG/${day}`)).json(), { reopened: false })
  for (const body of [{ day: '2097-02-30', name: 'x' }, { day: 'tomorrow', name: 'x' }, { day: '2097-12-24', name: '' }, { day: '2097-12-24', name: 'x', country: 'FR' }, { day: '2097-12-24' }]) {
    t.strictSame([(await ask('POST', '/v1/closed-days', body)).statusCode], [400], JSON.stringify(body))
  }
})

t.test('where somebody may be is noted by number or account, and a zone only by who made sure', async (t) => {
  const { ask } = await api(t)
  t.strictSame((await ask('POST', '/v1/whereabouts', { accountId: 'LN-1001', country: 'US' })).json(), { country: 'US', zone: null, confirmed: false })
  t.equal((await ask('POST', '/v1/whereabouts', { phone: '254 722 000 002', country: 'US', zone: 'America/New_York', confirmed: true })).statusCode, 200)
  t.equal((await ask('POST', '/v1/whereabouts', { accountId: 'LN-1001', country: 'UG', confirmed: true })).statusCode, 200)
  t.strictSame((await client.query('select phone, country, zone, is_confirmed from dialling.whereabouts order by phone')).rows, [
    { phone: '+254712345678', country: 'UG', zone: null, is_confirmed: true },
    { phone: '+254722000002', country: 'US', zone: 'America/New_York', is_confirmed: true }
  ])
  for (const [body, status] of [[{ country: 'US' }, 400], [{ phone: 'me', country: 'US' }, 400], [{ accountId: 'LN-1001' }, 400], [{ accountId: 'LN-1001', country: 'usa' }, 400], [{ accountId: 'LN-1001', phone: '+254712345678', country: 'US' }, 400],
    [{ accountId: 'LN-1001', country: 'US', zone: 'America/New_York' }, 400], [{ accountId: 'LN-1001', country: 'US', zone: 'Africa/Nairobi', confirmed: true }, 400], [{ accountId: 'LN-9999', country: 'US' }, 404]] as const) {
    t.equal((await ask('POST', '/v1/whereabouts', body)).statusCode, status, JSON.stringify(body))
  }
})

t.test('with Redis frozen it is accepted all the same, within 500 ms', async (t) => {
  const { ask, redis } = await api(t)
  await ask('POST', '/v1/campaigns', JULY)
  redis.freeze()
  const askedAt = performance.now()
  t.equal((await ask('POST', '/v1/campaigns', JULY)).statusCode, 202)
  t.ok(performance.now() - askedAt < 500, `${Math.round(performance.now() - askedAt)} ms`)
})

t.test('with the database away nothing is accepted, and calls are answered as ever', async (t) => {
  const { ask, app } = await api(t, { DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' })
  for (const [url, body] of [['/v1/campaigns', JULY], ['/v1/reminders', { accountId: 'LN-1001' }], ['/v1/opt-outs', { phone: '+254712345678' }], ['/v1/consents', { rows: [GEORGE] }], ['/v1/closed-days', { day: '2097-12-24', name: 'Eve' }], ['/v1/whereabouts', { accountId: 'LN-1001', country: 'US' }]] as const) {
    const res = await ask('POST', url, body)
    t.strictSame([res.statusCode, res.json().error.code], [503, 'RECORDS_UNAVAILABLE'], url)
  }
  t.equal((await app.inject('/readyz')).statusCode, 200)
})

t.test('the API is described at /documentation', async (t) => {
  const { app } = await api(t)
  const { openapi, paths } = (await app.inject('/documentation')).json()
  t.match(openapi, /^3\./)
  t.strictSame(Object.keys(paths).sort(), ['/v1/campaigns', '/v1/campaigns/{id}', '/v1/campaigns/{id}/cancel', '/v1/campaigns/{id}/pause', '/v1/campaigns/{id}/report', '/v1/campaigns/{id}/resume', '/v1/closed-days', '/v1/closed-days/{country}/{day}', '/v1/consents', '/v1/opt-outs', '/v1/reminders', '/v1/whereabouts'])
})

t.test('neither number, account nor token reaches the log', async (t) => {
  const { ask, log } = await api(t)
  await ask('POST', '/v1/campaigns', JULY)
  await ask('POST', '/v1/opt-outs', { phone: '+254712345678', accountId: 'LN-1001' })
  await ask('POST', '/v1/reminders', { accountId: 'LN-1001' })
  await ask('POST', '/v1/consents', { rows: [GEORGE, { ...GEORGE, evidence: '' }] })
  await ask('POST', '/v1/whereabouts', { phone: '+254712345678', country: 'US' })
  t.notMatch(log.join(''), /2547|LN-1001|api-0123|folder/)
})
