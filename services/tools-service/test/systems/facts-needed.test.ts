import t from 'tap'
import { AGENT_IDS, agentOf } from '@karani/agents'
import { factsNeeded } from '../../src/systems/facts-needed.ts'

const CALLER = '+254712345678'
const BY_NUMBER = { query: { phone: CALLER } }

const table: ReadonlyArray<readonly [tool: string, args: object, needed: object | null, caller?: string | null]> = [
  ['verifyIdentity', { accountId: 'L N one double zero one' }, { of: 'claimed-account', query: { accountKey: 'LN1001' } }],
  ['verifyIdentity', { accountId: 'LN-1001' }, { of: 'claimed-account', query: { accountKey: 'LN1001' } }, null],
  ['verifyIdentity', {}, { of: 'claimed-account', ...BY_NUMBER }],
  ['verifyIdentity', {}, null, null],
  ['verifyIdentity', { accountId: '*' }, null],
  ['getAccount', {}, { of: 'verified-account', callId: 'HD_1' }],
  ['recordPromiseToPay', { amount: 1, payBy: 'leo' }, { of: 'verified-account', callId: 'HD_1' }],
  ['startMpesaIntent', { amount: 1 }, { of: 'verified-account', callId: 'HD_1' }],
  ['optOut', {}, null],
  ['escalate', { reason: 'dispute' }, null],
  ['trackShipment', { trackingId: 'trk 427' }, { of: 'parcel', query: { trackingKey: 'TRK427' } }],
  ['trackShipment', {}, { of: 'parcel', ...BY_NUMBER }],
  ['trackShipment', {}, null, null],
  ['confirmAddress', { trackingId: 'TRK-427', recipientName: 'Amina' }, { of: 'parcel', query: { trackingKey: 'TRK427' } }, null],
  ['reschedule', { trackingId: 'TRK-427' }, { of: 'parcel', query: { trackingKey: 'TRK427' } }],
  ...['getMenu', 'addItem', 'applyModifier', 'removeItem', 'getTotal', 'placeOrder'].map(tool => [tool, {}, { of: 'menu' }] as const),
  ['answerQuestion', { question: 'Where?' }, null],
  ['endCall', {}, null],
  ['whomWeCall', {}, { of: 'claimed-account', ...BY_NUMBER }],
  ['callMeLater', { when: 'kesho' }, null]
]
for (const [tool, args, needed, caller = CALLER] of table) {
  t.test(`${tool} ${JSON.stringify(args)} from ${caller ?? 'a withheld number'} needs ${JSON.stringify(needed)}`, async (t) => {
    t.strictSame(factsNeeded(tool, args, { callId: 'HD_1', caller }), needed)
  })
}

t.test('of every tool it is said what it needs', async (t) => {
  const tools = new Set(AGENT_IDS.flatMap(id => agentOf(id).tools.map(({ name }) => name)))
  t.strictSame([...tools].sort(), [...new Set(table.map(([tool]) => tool))].sort())
})

t.test('where we called, it is about what we called about, unless something else was said', async (t) => {
  const call = { callId: 'HD_1', caller: CALLER, agent: 'lender' as const, outreach: { purpose: 'reminder' as const, subject: 'LN-1002' } }
  const parcel = { ...call, agent: 'courier' as const, outreach: { purpose: 'delivery' as const, subject: 'TRK-428' } }
  for (const name of ['verifyIdentity', 'whomWeCall']) t.strictSame(factsNeeded(name, {}, call), { of: 'claimed-account', query: { accountKey: 'LN1002' } })
  for (const name of ['trackShipment', 'whomWeCall']) t.strictSame(factsNeeded(name, {}, parcel), { of: 'parcel', query: { trackingKey: 'TRK428' } })
  t.strictSame(factsNeeded('verifyIdentity', { accountId: 'LN-1001' }, call), { of: 'claimed-account', query: { accountKey: 'LN1001' } })
})
