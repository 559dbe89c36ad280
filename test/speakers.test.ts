import type { CallLogEntry } from '@karani/call-model'
import { clerkBrain, scenarios, scriptedPhone, type Scenario, type ScriptedPhone, type Step } from '@karani/simulator'
import { synthesize } from '@karani/speech'
import pg from 'pg'
import t from 'tap'
import { settledRecord } from './hearing.ts'
import { COURIER_LINE, LENDER_LINE, RESTAURANT_LINE, SUPPORT_LINE } from './lines.ts'
import { startWorld } from './world.ts'

const LINE_OF = { lender: LENDER_LINE, courier: COURIER_LINE, restaurant: RESTAURANT_LINE, support: SUPPORT_LINE }

const world = await startWorld(t, { brain: clerkBrain })
const database = new pg.Client({ connectionString: world.stack.settings['DATABASE_URL'] })
await database.connect()
t.teardown(async () => await database.end())
const rows = async (statement: string, values: unknown[] = []): Promise<Array<Record<string, any>>> => (await database.query(statement, values)).rows

const orderedIn = async (callId: string): Promise<object[]> =>
  await rows('select name, modifiers, quantity, total_minor::int as total from business.orders join business.order_lines using (order_id) where call_id = $1', [callId])

interface Conversation {
  readonly callId: string
  readonly phone: ScriptedPhone
  readonly endedBy: string
  /** `caller: …`, `clerk: …`, in order. */
  readonly said: string[]
  /** `reschedule ok`, in order. */
  readonly tools: string[]
}

/** Seven calls share the processors: a clerk may pause between two sentences. */
const patient = (step: Step): Step => 'wait' in step ? { ...step, quietMs: (step.quietMs ?? 0) * 2 + 500, timeoutMs: 30_000 } : step

/** A whole call of a scripted caller, from a number of its own when it needs one. */
async function callOf (line: Scenario['line'], id: string, number?: string): Promise<Conversation> {
  const { from, steps } = scenarios().find(scenario => scenario.line === line && scenario.id === id)!
  const phone = await scriptedPhone(steps.map(patient), async text => await synthesize(text, { voice: 'rms' }))
  const call = await world.ring({ from: number ?? from, to: LINE_OF[line], phone })
  const { by } = await call.ended
  const { timeline } = await settledRecord(database, call.sessionId, row => row.status === 'completed' && row.ended_by !== null)
  const entries = timeline as CallLogEntry[]
  return {
    callId: call.sessionId,
    phone,
    endedBy: by,
    said: entries.flatMap(entry => entry.type === 'caller-said' ? `caller: ${entry.text}` : entry.type === 'clerk-said' ? `clerk: ${entry.text}` : []),
    tools: entries.flatMap(entry => entry.type === 'tool-answered' ? `${entry.tool} ${entry.outcome}` : [])
  }
}

// All at once: a call takes as long as people speak.
const calls = {
  parcel: callOf('courier', 'kiswahili'),
  mumbledParcel: callOf('courier', 'mumbled-number', '+254798000011'),
  order: callOf('restaurant', 'kiswahili', '+254798000012'),
  mumbledOrder: callOf('restaurant', 'mumbled-number', '+254798000013'),
  lateFood: callOf('restaurant', 'angry', '+254798000014'),
  loan: callOf('lender', 'kiswahili'),
  account: callOf('support', 'rule-breaker')
}

t.test('a recipient asks for a parcel in Kiswahili, wants it tomorrow, and then rather on Friday', async (t) => {
  const { callId, said, tools } = await calls.parcel
  t.match(said, [
    'caller: mzigo wangu uko wapi', /^clerk: Your parcel is at our depot/,
    'caller: naomba mniletee mzigo kesho', /tracking number, and the name/,
    'caller: namba ni t r k nne tatu sifuri mimi ni grace maina', /Is that right|no deliveries on that day/,
    'caller: iwe ijumaa', /^clerk: Parcel TRK-430 will come on Friday .* Is that right/,
    'caller: ndio', /^clerk: Done. It will come on Friday/,
    'caller: hapana asante kwaheri', 'clerk: Goodbye.'
  ])
  t.match(await rows('select extract(isodow from deliver_on)::int as weekday from business.shipments where tracking_id = $1', ['TRK-430']), [{ weekday: 5 }])
  t.equal((await rows('select from business.delivery_changes where call_id = $1', [callId])).length, 1)
  t.match(tools.slice(-2), ['reschedule ok', 'endCall ok'])
})

t.test('a tracking number that was mumbled finds nothing and is asked for again; said clearly, it finds the parcel', async (t) => {
  const { said, tools } = await calls.mumbledParcel
  const clear = said.indexOf('caller: track parcel t r k four three zero')
  t.match(said.slice(0, clear), [/^(caller|clerk): /])
  t.match(said[clear - 1], /^clerk: (I heard: .* I am not sure|I did not catch that)/)
  t.match(said[clear + 1], /^clerk: Your parcel is at our depot/)
  t.same(tools, ['trackShipment ok', 'trackShipment ok', 'endCall ok'], 'looked up as the call began, and for the clear number')
})

t.test('a guest orders in Kiswahili, hears it read back, and says ndio', async (t) => {
  const { callId, said } = await calls.order
  t.match(said, [
    'caller: nataka burger mbili za kuku bila vitunguu', 'clerk: 2 chicken burgers, no onions. Anything else?',
    'caller: hayo tu', /^clerk: 2 chicken burgers, no onions.* In all 900 shillings. Is that right\?$/,
    'caller: ndio', /^clerk: Thank you. Your order is number \d+, for KES 900/,
    'caller: hapana asante kwaheri', 'clerk: Goodbye.'
  ])
  t.strictSame(await orderedIn(callId), [{ name: 'chicken burger', modifiers: ['no onions'], quantity: 2, total: 90_000 }])
})

t.test('how many burgers, mumbled, is asked for again; what is ordered is what was clear', async (t) => {
  const { callId, said } = await calls.mumbledOrder
  t.match(said.find(text => text.startsWith('clerk: ')), /^clerk: (I heard: .* I am not sure|I did not catch that)/)
  t.strictSame(await orderedIn(callId), [{ name: 'beef burger', modifiers: [], quantity: 3, total: 150_000 }])
})

t.test('a guest who is angry gets a person', async (t) => {
  const { callId, tools } = await calls.lateFood
  t.same(tools, ['escalate ok', 'endCall ok'])
  t.match(await rows('select phone from business.callbacks where call_id = $1', [callId]), [{ phone: '+254798000014' }])
})

t.test('a borrower asks, promises, and wants no more calls, in Kiswahili', async (t) => {
  const { callId } = await calls.loan
  t.match(await rows('select amount_minor::int as amount from business.promises where call_id = $1', [callId]), [{ amount: 50_000 }])
  t.match(await rows('select reason from dialling.stops where call_id = $1 order by reason', [callId]), [{ reason: 'opt-out' }, { reason: 'promise' }])
})

t.test('the front desk reads no account, whoever asks and however', async (t) => {
  const { said, tools } = await calls.account
  t.same(tools, ['answerQuestion ok', 'endCall ok'])
  t.notMatch(said.join(' '), /2,?000|1,?250|KES|Amina/)
})

t.test('each of them is understood to the end, and the clerk hangs up', async (t) => {
  for (const [name, call] of Object.entries(calls)) {
    const { endedBy, phone } = await call
    t.equal(endedBy, 'api', name)
    t.equal(phone.progress.find(({ outcome }) => outcome === 'timed out'), undefined, `${name} waits for nothing in vain`)
  }
})
