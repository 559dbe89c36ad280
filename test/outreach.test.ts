import { CallContexts } from '@karani/call-context'
import { callees, clerkBrain, scriptedPhone, type SimulatedCall, type Step } from '@karani/simulator'
import { synthesize } from '@karani/speech'
import { Redis } from 'ioredis'
import pg from 'pg'
import t from 'tap'
import { eventually, loudSpans, settledRecord } from './hearing.ts'
import { COURIER_LINE, LENDER_LINE } from './lines.ts'
import { startWorld } from './world.ts'

const AMINA = '+254712345678'
const DEBT = /loan|debt|owe|due|overdue|arrears|balance|amount|shilling|payment|Wanjiru|LN-?1001/i

const world = await startWorld(t, { brain: clerkBrain })
const redis = new Redis(world.stack.settings['REDIS_URL']!)
t.teardown(() => redis.disconnect())
const contexts = new CallContexts(redis)
const database = new pg.Client({ connectionString: world.stack.settings['DATABASE_URL'] })
await database.connect()
t.teardown(async () => await database.end())
let labels = 0

interface Placed { readonly call: SimulatedCall, readonly clerkSaid: string, readonly record: Record<string, unknown> }

/** Places a call as the worker does, to somebody who answers so, and waits until it is over. */
async function place (steps: readonly Step[], { agent = 'lender', subject = 'LN-1001' }: { agent?: 'lender' | 'courier', subject?: string } = {}): Promise<Placed> {
  const clientRequestId = `attempt-${labels++}`
  const line = agent === 'lender' ? LENDER_LINE : COURIER_LINE
  const phone = await scriptedPhone(steps, async text => await synthesize(text, { voice: 'rms' }))
  world.carrier.subscribe(AMINA, () => ({ does: 'answer', phone }))
  await contexts.open({
    callId: clientRequestId,
    clientRequestId,
    direction: 'outbound',
    agent,
    line,
    businessName: 'Tumaini Credit Limited',
    caller: AMINA,
    language: 'en-KE',
    outreach: { purpose: agent === 'lender' ? 'reminder' : 'delivery', subject },
    openedAt: new Date().toISOString()
  })
  const response = await fetch(`${world.carrier.url}/v1/calls`, {
    method: 'POST',
    headers: { authorization: 'Bearer carrier-key', 'content-type': 'application/json', 'idempotency-key': clientRequestId },
    body: JSON.stringify({ from: line, to: AMINA, client_request_id: clientRequestId })
  })
  const { session_id: sessionId } = await response.json() as { session_id: string }
  const call = await eventually('the call', () => world.carrier.find(sessionId))
  await call.settled
  const record = await settledRecord(database, sessionId, row => row.ended_by !== null && row.status === 'completed')
  const timeline = record['timeline'] as Array<{ type: string, text?: string }>
  const clerkSaid = timeline.filter(({ type }) => type === 'clerk-said' || type === 'clip').map(({ text }) => text).join(' | ')
  t.comment(clerkSaid)
  const [first] = loudSpans(call.recording.played)
  t.ok(first!.fromMs < 2_000, `the greeting begins ${first!.fromMs} ms after the answer`)
  t.match(clerkSaid, /^Hello, this is (Tumaini Credit|Swala Couriers) Limited\. I am Karani, an automated assistant\./)
  return { call, clerkSaid, record }
}

const scripted = (id: string): readonly Step[] => callees.find(callee => callee.id === id)!.answers as readonly Step[]
const STOPS = 'select * from dialling.stops where call_id = $1'
const TIMES = 'select * from dialling.call_times where call_id = $1'
const PROMISES = 'select * from business.promises where call_id = $1'
const rowsOf = async (query: string, { sessionId }: SimulatedCall): Promise<object[]> => (await database.query(query, [sessionId])).rows

t.test('a borrower whom we call proves who they are, hears what is due, and promises it', async (t) => {
  const { call, clerkSaid } = await place(scripted('promises'))
  t.match(clerkSaid, /May I speak with Amina\?.+KES 500 is due on .+How much will you pay, and when\?.+Is that right\?/)
  t.match(await rowsOf(PROMISES, call), [{ account_id: 'LN-1001' }])
  t.notMatch(clerkSaid.split('May I speak')[0], DEBT)
})

t.test('a wrong number hears nothing of a debt, and neither number nor borrower is called again', async (t) => {
  const { call, clerkSaid } = await place(scripted('wrong-number'))
  t.notMatch(clerkSaid, DEBT)
  t.match(await rowsOf(STOPS, call), [{ phone: AMINA, account_id: 'LN-1001', reason: 'wrong-party' }])
})

t.test('who wants to be called at another time is, and is told when', async (t) => {
  const steps = scripted('kiswahili')
  const { call, clerkSaid } = await place(steps)
  const tomorrowIsSunday = (await rowsOf(TIMES, call)).length === 0
  t.match(clerkSaid, tomorrowIsSunday ? /We may not call at that time\. We can call on Monday/ : /I will have you called tomorrow, .+from nine in the morning \(saa tatu asubuhi\)/)
  t.notMatch(clerkSaid, DEBT)
})

t.test('who wants no more calls gets none', async (t) => {
  const { call, clerkSaid } = await place(scripted('no-more-calls'))
  t.match(clerkSaid, /We will not call this number again/)
  t.notMatch(clerkSaid, DEBT)
  t.match(await rowsOf(STOPS, call), [{ phone: AMINA, account_id: 'LN-1001', reason: 'opt-out' }])
})

t.test('a voicemail gets a message without anything personal, and the call ends by itself', async (t) => {
  const { call, clerkSaid, record } = await place(scripted('voicemail'))
  t.match(clerkSaid, /This is Tumaini Credit Limited\. Please call us on 2 5 4, 7 1 1, 0 0 0, 0 0 1\. Thank you, and goodbye\.$/)
  t.notMatch(clerkSaid, DEBT)
  t.match(record, { ended_by: 'no-reply' })
  t.equal(call.end?.by, 'api')
})

t.test('a recipient hears how far the parcel is, and will be there', async (t) => {
  const { clerkSaid } = await place(scripted('at-home'), { agent: 'courier', subject: 'TRK-427' })
  t.match(clerkSaid, /May I speak with Amina\?.+in about 40 minutes.+Will somebody be there\?.+Thank you\./)
})
