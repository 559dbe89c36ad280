import t from 'tap'
import fc from 'fast-check'
import { AGENT_IDS, agentOf } from '@karani/agents'
import { Oracle, plain, seedVictims, type Victim } from './canaries.ts'
import { build, NOON, type ToolReply } from './helper.ts'

const house = await build(t)
const replica = await build(t, { replicaOf: house })
const { db, clock } = house
const victims = await seedVictims(db, 40)
const oracle = new Oracle(victims)

const SEQUENCES = 10_000
const AT_ONCE = 20
/** Longer than a proof of identity holds. */
const BETWEEN_BATCHES_MS = 11 * 60_000

const contracts = AGENT_IDS.flatMap(id => agentOf(id).tools)
const TOOLS = [...new Set(contracts.map(({ name }) => name))]
const ARGUMENTS = [...new Set(contracts.flatMap(({ parameters }) => Object.keys(parameters.properties)))]

const words = fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom('LN-9000', 'LN-9001', 'ln nine zero zero one', 'TRK-9000', '*', '%', 'Friday', 'kesho', "' or 1=1 --", 'proposal-0', 'dispute', 'wrong party', 'hardship', 'all'))
const anything = fc.oneof(words, fc.integer(), fc.constantFrom(0, 1, -1, 0.5, 1e21, null, true, 500, 100_003), fc.array(words, { maxLength: 2 }), fc.dictionary(words, words, { maxKeys: 2 }))
const wrongAnswers = fc.record({
  nationalIdLast4: fc.constantFrom('0000', '4820', '7734', '482', '48211', '%%%%'), birthYear: fc.constantFrom(1990, 1931, '1990', 0), accountId: fc.constantFrom('LN-9000', 'ln 9001', 'LN-9999', 'LN-9%')
}, { requiredKeys: ['nationalIdLast4', 'birthYear'] })
const promise = fc.record({ amount: fc.constantFrom(1, 500, 99_999), payBy: words, confirm: words }, { requiredKeys: ['amount', 'payBy'] })

const attack = fc.record({
  tool: fc.oneof({ weight: 8, arbitrary: fc.constantFrom('verifyIdentity', 'getAccount', 'recordPromiseToPay', 'escalate') }, { weight: 8, arbitrary: fc.constantFrom(...TOOLS) }, { weight: 1, arbitrary: fc.constantFrom('__proto__', 'getAccount ', 'GETACCOUNT', '../getAccount') }),
  args: fc.oneof(wrongAnswers, promise, fc.constant({}), fc.dictionary(fc.constantFrom(...ARGUMENTS), anything, { maxKeys: 4 }), fc.dictionary(words, anything, { maxKeys: 3 })),
  /** `proved`: a call beside it from the same number. `expired`: one that was proved more than 10 minutes ago. */
  call: fc.constantFrom('unknown', 'unknown', 'proved', 'expired'),
  agent: fc.constantFrom('lender', 'lender', 'lender', ...AGENT_IDS),
  from: fc.constantFrom('victim', 'victim', 'other', 'withheld'),
  id: fc.constantFrom('f1', 'f2', 'f3', 'f4', 'f5', 'f6'),
  callerTurn: fc.nat(3),
  onReplica: fc.boolean(),
  atOnce: fc.boolean()
})
const sequence = fc.record({
  victim: fc.nat(victims.length - 1),
  /** Whether the call beside it really is proved. */
  proves: fc.nat(2).map(n => n === 0),
  attacks: fc.oneof({ weight: 30, arbitrary: fc.array(attack, { minLength: 1, maxLength: 6 }) }, { weight: 1, arbitrary: fc.array(attack, { minLength: 20, maxLength: 60, size: 'max' }) })
})
type Sequence = typeof sequence extends fc.Arbitrary<infer S> ? S : never

let batches = 0
const seen = { calls: 0, told: 0, unavailable: 0 }

/** The replies of one attacked number. A call that has proved itself may hear of its own account alone, the others of none. */
async function attackOn ({ victim: at, proves, attacks }: Sequence, lane: number, batch: number): Promise<void> {
  const victim = victims[at]!
  const other = victims[(at + 1) % victims.length]!
  const idOf = { unknown: `HD_u_${batch}_${lane}`, proved: `HD_p_${batch}_${lane}`, expired: `HD_p_${batch - 1}_${lane}` }
  const verdict = proves ? await house.tool('verifyIdentity', victim.answers, { callId: idOf.proved, caller: victim.phone, id: 'proof' }) : null
  const known = { unknown: undefined, proved: verdict?.body.output?.verified === true ? victim : undefined, expired: undefined }
  const replies: Array<{ reply: Promise<ToolReply>, known: Victim | undefined }> = []
  for (const { tool, args, call, agent, from, id, callerTurn, onReplica, atOnce } of attacks) {
    const caller = { victim: victim.phone, other: other.phone, withheld: null }[from]
    const reply = (onReplica ? replica : house).tool(tool, args, { callId: idOf[call], agent, caller, id, callerTurn })
    replies.push({ reply, known: known[call] })
    if (!atOnce) await reply
  }
  for (const { reply, known } of replies) judge(await reply, known, attacks)
}

/** A machine that is too busy may refuse; that is heard as well. */
function judge ({ status, raw, body }: ToolReply, known: Victim | undefined, attacks: unknown): void {
  seen.calls++
  if (status >= 500) {
    if (body.error?.code !== 'TEMPORARILY_UNAVAILABLE') throw new Error(`${status}: ${raw} after ${JSON.stringify(attacks)}`)
    seen.unavailable++
  }
  const leak = oracle.leakIn(raw, known)
  if (leak !== undefined) throw new Error(`'${leak}' in ${raw} after ${JSON.stringify(attacks)}`)
  if (known !== undefined && known.facts.some(fact => plain(raw).includes(fact))) seen.told++
}

t.test(`in ${SEQUENCES} sequences of tool calls nobody hears anything of an account that they have not proved to be theirs`, async (t) => {
  const started = performance.now()
  const run = await fc.check(fc.asyncProperty(fc.array(sequence, { minLength: AT_ONCE, maxLength: AT_ONCE }), async sequences => {
    const batch = ++batches
    await db.query('truncate business.verification_attempts')
    clock.now = new Date(NOON.getTime() + batch * BETWEEN_BATCHES_MS)
    await Promise.all(sequences.map((sequence, lane) => attackOn(sequence, lane, batch)))
  }), { numRuns: SEQUENCES / AT_ONCE, endOnFailure: true })
  t.notOk(run.failed, `seed ${run.seed}: ${String(run.errorInstance)}`)
  t.ok(seen.told > 50, 'the oracle sees what is told to those who may know')
  t.comment(`${seen.calls} tool calls, ${seen.told} with facts for whom they are, ${seen.unavailable} unavailable, in ${((performance.now() - started) / 1000).toFixed(0)} s`)
})

t.test('the oracle knows a fact in every form', async (t) => {
  const [victim] = victims
  for (const said of ['balance 100003', 'KES 100,003', '10000300', 'one hundred thousand and three', 'one hundred thousand three', 'laki moja na tatu', 'elfu kumi na saba na kumi na moja', 'seventeen thousand and eleven',
    'moja saba sifuri moja moja', 'LN-9000', 'ln 9000', 'due on 4 January', '2027-01-04', '4003']) {
    t.ok(oracle.leakIn(`{"id":"x","output":{"message":"It is ${said}."}}`), said)
    t.notOk(oracle.leakIn(`{"message":"It is ${said}."}`, victim), `${said}, for whom it is`)
  }
  for (const said of ['one hundred thousand and four', 'KES 100,004', 'laki moja', 'kesho']) t.notOk(oracle.leakIn(`{"message":"It is ${said}."}`), said)
})
