import { equal } from 'node:assert/strict'
import t from 'tap'
import fc from 'fast-check'
import { AMINA, answersOf, build, NOON } from './helper.ts'

const house = await build(t)
const replica = await build(t, { replicaOf: house })
const { db, clock } = house

const CALLS = ['A', 'B'] as const
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('prove' as const), who: fc.constantFrom('amina', 'brian', 'nobody') }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('ask' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 11 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hand over' as const), reason: fc.constantFrom('wants a person', 'dispute', 'wrong party', 'minor') }) }
)
/** Every step in its call, on either replica, under a token of its own that may name another number: a reconnected call. */
const steps = fc.array(fc.tuple(step, fc.constantFrom(...CALLS), fc.boolean(), fc.constantFrom(AMINA, '+254700000099', null)), { minLength: 5, maxLength: 25 })

interface Known { tries: number, as: string | null, untilMinutes: number, silent: boolean }
const ACCOUNTS = { amina: 'LN-1001', brian: 'LN-1002' }
let rounds = 0

t.test('what a call may hear rises by a passed check alone, whatever is said, however often it reconnects, on either replica', async (t) => {
  await fc.assert(fc.asyncProperty(steps, async steps => {
    const round = rounds++
    const known: Record<string, Known> = Object.fromEntries(CALLS.map(call => [call, { tries: 0, as: null, untilMinutes: 0, silent: false }]))
    let minutes = 0
    clock.now = NOON
    await db.query('truncate business.verification_attempts')
    for (const [step, name, onReplica, caller] of steps) {
      const call = known[name]!
      const ask = async (tool: string, args: object) => (await (onReplica ? replica : house).tool(tool, args, { callId: `HD_${name}_${round}`, caller })).body
      if (step.do === 'wait') {
        minutes += step.minutes
        clock.now = new Date(NOON.getTime() + minutes * 60_000)
      } else if (step.do === 'prove') {
        const isSomebodyElse = call.silent && call.as === 'nobody'
        const answers = step.who === 'amina' ? { accountId: 'LN-1001', ...answersOf.amina } : answersOf[step.who as 'brian' | 'nobody']
        const { output, error } = await ask('verifyIdentity', answers)
        if (isSomebodyElse) {
          equal(error?.code, 'COLLECTION_STOPPED')
          continue
        }
        const passes = call.tries < 3 && step.who !== 'nobody'
        call.tries++
        equal(output?.verified, passes)
        if (passes) Object.assign(call, { as: ACCOUNTS[step.who as 'amina' | 'brian'], untilMinutes: minutes + 10 })
      } else if (step.do === 'hand over') {
        await ask('escalate', { reason: step.reason })
        if (step.reason !== 'wants a person') call.silent = true
        if (step.reason === 'wrong party' || step.reason === 'minor') call.as = 'nobody'
      } else {
        const { output, error } = await ask('getAccount', {})
        const expected = call.silent ? 'COLLECTION_STOPPED' : call.as !== null && minutes < call.untilMinutes ? call.as : 'VERIFICATION_REQUIRED'
        equal(output?.accountId ?? error?.code, expected)
      }
    }
  }), { numRuns: 150 })
})
