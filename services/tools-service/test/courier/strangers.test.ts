import { deepEqual } from 'node:assert/strict'
import t from 'tap'
import fc from 'fast-check'
import { AMINA, build } from '../helper.ts'

const house = await build(t)
const replica = await build(t, { replicaOf: house })
const { db } = house

/** What nobody may hear who has not named a parcel and its recipient: as stored, and in pieces. */
const SECRETS = [
  'Amina', 'Wanjiru', 'Brian', 'Otieno', 'Fatuma', 'Grace', 'Maina', 'Westlands', 'Mpaka', 'petrol station', 'blue gate', 'Argwings', 'Yaya', 'Nyali', 'Links Road',
  'Buruburu', 'behind the market', '254712345678', 'recipient_', 'proposalId', 'readBack', 'changeId'
]
const PROVED = ['confirmAddress', 'reschedule']

const trackingId = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('TRK-427', 'TRK-428', 'T R K four two nine', 'trk 430', 'TRK-999') },
  fc.constantFrom('', '*', '%', "' or 1=1 --", 'TRK-427 TRK-428', '__proto__'), fc.string({ maxLength: 40 })
)
/** None is the name of a recipient: first names, last names, those of others, lists, patterns. */
const wrongName = fc.oneof(
  fc.constantFrom('a', 'A W', 'Amina', 'Wanjiru', 'Amina Wanjiku', 'Brian Atieno', 'Amina Otieno', 'Grace', 'Fatuma', 'Amina Brian Wanjiru Otieno Grace Maina Fatuma Ali', '% %', '.* .*', 'the recipient', 'recipient name'),
  fc.string({ maxLength: 90 })
)
const words = fc.oneof(fc.constantFrom('Friday', 'kesho', '2026-11-25', 'leo', 'proposal-0', 'Kilimani, Yaya'), fc.string({ maxLength: 20 }))
const anything = fc.oneof(words, fc.integer(), fc.constant(null), fc.constant(NaN), fc.array(words, { maxLength: 2 }), fc.dictionary(words, words, { maxKeys: 2 }))
const step = fc.record({
  tool: fc.constantFrom('trackShipment', 'confirmAddress', 'confirmAddress', 'reschedule', 'reschedule', 'escalate', 'getAccount', 'confirmAddress ', 'RESCHEDULE', '__proto__'),
  args: fc.oneof(
    { weight: 5, arbitrary: fc.record({ trackingId, recipientName: wrongName, newDate: words, address: words, confirm: words }, { requiredKeys: ['trackingId'] }) },
    { weight: 3, arbitrary: fc.record({ trackingId, recipientName: wrongName }) },
    fc.dictionary(fc.constantFrom('trackingId', 'recipientName', 'newDate', 'address', 'confirm', 'recipient', 'callId'), anything, { maxKeys: 4 })
  ),
  call: fc.constantFrom('A', 'B'),
  caller: fc.constantFrom(AMINA, '+254722000002', '+254700000099', null),
  agent: fc.constantFrom('courier', 'courier', 'courier', 'courier', 'lender', 'support'),
  id: fc.constantFrom('f1', 'f2', 'f3', 'f4', 'f5', 'f6', 'f7', 'f8'),
  callerTurn: fc.nat(3),
  onReplica: fc.boolean(),
  atOnce: fc.boolean()
})

let rounds = 0
const shipments = async () => (await db.query('select to_jsonb(s) from business.shipments s order by 1')).rows
const forget = async () => { await db.query('truncate business.recipient_checks, business.confirmed_recipients') }

t.test('who does not know the name hears no address and moves no parcel, whatever they ask, in whichever order', async (t) => {
  const before = await shipments()
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async steps => {
    await forget()
    const round = rounds++
    const replies = []
    for (const { tool, args, call, agent, onReplica, atOnce, ...rest } of steps) {
      const reply = (onReplica ? replica : house).tool(tool, args, { ...rest, callId: `HD_${call}_${round}`, agent: agent as 'courier' })
      replies.push(reply)
      if (!atOnce) await reply
    }
    for (const { status, raw } of await Promise.all(replies)) {
      if (status >= 500) throw new Error(`${status}: ${raw}`)
      const leak = SECRETS.find(secret => raw.includes(secret))
      if (leak !== undefined) throw new Error(`'${leak}' in ${raw}`)
    }
    deepEqual(await shipments(), before)
  }), { numRuns: 120 })
  t.equal((await db.query('select from business.delivery_changes')).rowCount, 0)
  t.equal((await db.query('select from business.proposals')).rowCount, 0, 'not even a proposal was made')
})

t.test('what one call knows opens nothing in another, nor another parcel', async (t) => {
  await forget()
  const proof = { trackingId: 'TRK-428', recipientName: 'Brian Otieno' }
  const { raw } = await house.tool('confirmAddress', proof, { callId: 'HD_knows', agent: 'courier' })
  t.ok(raw.includes('Yaya'), 'the oracle sees what is told')
  const { body: { output } } = await house.tool('reschedule', { ...proof, newDate: 'Friday' }, { callId: 'HD_knows', agent: 'courier', callerTurn: 1 })
  const before = await shipments()
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 15 }), fc.array(fc.constantFrom(...PROVED), { maxLength: 5 }), async (steps, more) => {
    await db.query("delete from business.recipient_checks where call_id <> 'HD_knows'")
    const call = { callId: `HD_beside_${rounds++}`, agent: 'courier' as const, callerTurn: 9 }
    const asked = [...steps, ...more.map(tool => ({ tool, args: { trackingId: 'TRK-428', confirm: output!['proposalId'] } }))]
    for (const { tool, args } of asked) {
      const { raw } = await house.tool(tool, args, call)
      if (SECRETS.some(secret => raw.includes(secret))) throw new Error(raw)
    }
    for (const args of [{ trackingId: 'TRK-427' }, { trackingId: 'TRK-427', recipientName: 'Brian Otieno' }]) {
      for (const tool of PROVED) {
        const { raw } = await house.tool(tool, { ...args, ...(tool === 'reschedule' && { newDate: 'Friday' }) }, { ...call, callId: 'HD_knows' })
        if (SECRETS.some(secret => raw.includes(secret))) throw new Error(raw)
      }
    }
  }), { numRuns: 20 })
  t.strictSame(await shipments(), before)
})
