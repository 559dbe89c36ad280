import t from 'tap'
import fc from 'fast-check'
import type { LeadOutcome, WrittenInCall } from '@karani/records'
import { affordableCalls } from '../../src/dial/affordable-calls.ts'
import { afterLoss, callOutcome, isConversation, readCallEnd, retryAt } from '../../src/dial/call-outcome.ts'
import { admit, after, CLOSED, openMsLeft, type Circuit } from '../../src/dial/circuit-breaker.ts'
import { dialFault } from '../../src/dial/dial-fault.ts'

const NOTHING: WrittenInCall = { stops: [], paid: false, promised: false, callAgainAt: null, human: false, noReply: false }
const AT = new Date('2026-11-24T07:00:00Z')

const outcomes: Array<[what: string, written: Partial<WrittenInCall>, outcome: LeadOutcome]> = [
  ['nothing was written', {}, 'reached'],
  ['a promise', { promised: true, stops: ['promise'] }, 'promised'],
  ['a promise, and the payment', { promised: true, paid: true, stops: ['promise', 'paid'] }, 'paid'],
  ['a promise, and then no more calls', { promised: true, stops: ['promise', 'opt-out'] }, 'opted-out'],
  ['a stranger who wants no more calls', { stops: ['wrong-party', 'opt-out'] }, 'opted-out'],
  ['a child', { stops: ['minor'] }, 'wrong-party'],
  ['a dispute, and somebody is to call back', { stops: ['dispute'], human: true }, 'disputed'],
  ['a hardship', { stops: ['hardship'] }, 'hardship'],
  ['after five, please', { callAgainAt: AT }, 'callback'],
  ['somebody of the team, please', { human: true }, 'human'],
  ['nobody replied', { noReply: true }, 'voicemail'],
  ['a promise, and then silence', { promised: true, stops: ['promise'], noReply: true }, 'promised']
]
for (const [what, written, outcome] of outcomes) {
  t.test(`${what}: ${outcome}`, async (t) => {
    t.equal(callOutcome({ answered: true, missed: 'no-answer' }, { ...NOTHING, ...written }), outcome)
    t.equal(callOutcome({ answered: false, missed: 'busy' }, { ...NOTHING, ...written }), 'busy', 'unless nobody answered')
  })
}

t.test('who was talked to is left alone for a while; who missed the call, or whose machine took it, is not', async (t) => {
  t.equal(isConversation({ answered: true }, 'reached'), true)
  t.equal(isConversation({ answered: true }, 'voicemail'), false)
  t.equal(isConversation({ answered: false }, 'no-answer'), false)
})

const CALL = { id: 'u', session_id: null, direction: 'outbound', status: 'ringing' }
const ENDED = { ...CALL, ended_at: '2026-11-24T07:01:00Z' }
for (const [call, end] of [
  [CALL, null],
  [{ ...CALL, status: 'answered', answered_at: '2026-11-24T07:00:10Z' }, null],
  [{ ...ENDED, status: 'completed', answered_at: '2026-11-24T07:00:10Z', cost_minor: 5, cost_currency: 'KES' }, { answered: true, costMinor: 5, currency: 'KES' }],
  [{ ...ENDED, status: 'no_answer' }, { answered: false, missed: 'no-answer' }],
  [{ ...ENDED, status: 'failed', failure_code: 'USER_BUSY' }, { answered: false, missed: 'busy' }],
  [{ ...ENDED, status: 'failed', failure_code: 'NO_ANSWER' }, { answered: false, missed: 'no-answer' }],
  [{ ...ENDED, status: 'failed', failure_code: 'UNALLOCATED_NUMBER' }, { answered: false, missed: 'failed' }],
  [{ ...ENDED, status: 'completed' }, { answered: false, missed: 'no-answer' }]
] as const) t.test(`the carrier says ${JSON.stringify(call)}`, async (t) => { t.match(readCallEnd(call), end) })

t.test('what failed to reach the person is tried three times, later each time; everything else is how it ended', async (t) => {
  for (const outcome of ['no-answer', 'busy', 'voicemail', 'failed'] as const) {
    const [first, second, third] = [1, 2, 3].map(tries => retryAt(outcome, tries, AT))
    t.ok(first! > AT && second! > first!)
    t.equal(third, null)
  }
  for (const outcome of ['promised', 'paid', 'disputed', 'opted-out', 'wrong-party', 'reached', 'human', 'refused', 'unknown'] as const) t.equal(retryAt(outcome, 1, AT), null)
  t.strictSame([1, 2, 3].map(tries => afterLoss(tries, AT)), [AT, AT, null])
})

t.test('the circuit opens when half of the last 20 failed, lets one try after 30 s, and closes with its success', async (t) => {
  let circuit: Circuit = CLOSED
  for (let n = 0; n < 9; n++) circuit = after(after(circuit, true, 0, 30_000), false, 0, 30_000)
  t.equal(admit(circuit, 0, 30_000).waitMs, 0)
  circuit = after(circuit, true, 0, 30_000)
  t.equal(admit(circuit, 1_000, 30_000).waitMs, 29_000)
  t.equal(openMsLeft(circuit, 1_000), 29_000)
  t.equal(openMsLeft(circuit, 30_000), 0)
  const tried = admit(circuit, 30_000, 30_000)
  t.equal(tried.waitMs, 0)
  t.equal(admit(tried.circuit, 30_001, 30_000).waitMs, 29_999, 'one tries, the others wait')
  t.equal(admit(after(tried.circuit, true, 31_000, 30_000), 60_000, 30_000).waitMs, 1_000)
  t.strictSame(after(tried.circuit, false, 31_000, 30_000), CLOSED)
})

t.test('with fewer than ten failures among any 20 in a row the circuit stays closed', async (t) => {
  t.doesNotThrow(() => fc.assert(fc.property(fc.array(fc.boolean(), { maxLength: 80 }), failed => {
    const opens = failed.some((_, n) => failed.slice(Math.max(0, n - 19), n + 1).filter(Boolean).length >= 10)
    let circuit: Circuit = CLOSED
    for (const one of failed) if (circuit.openUntilMs === null) circuit = after(circuit, one, 0, 30_000)
    return (circuit.openUntilMs !== null) === opens
  })))
})

const refused = (status: number) => ({ code: 'SAUTIKIT_REFUSED', status } as const)
for (const [error, kind] of [
  [refused(400), 'refused'], [refused(422), 'refused'], [refused(402), 'wallet'], [refused(429), 'busy'], [refused(401), 'closed'], [refused(403), 'closed'], [refused(404), 'closed'],
  [refused(409), 'unknown'], [refused(408), 'unknown'], [{ code: 'SAUTIKIT_FAILED', status: 503 }, 'unknown'], [{ code: 'SAUTIKIT_UNREACHABLE', status: null, unsent: false }, 'unknown'],
  [{ code: 'SAUTIKIT_UNREACHABLE', status: null, unsent: true }, 'closed'], [{ code: 'DEMO_NUMBER' }, 'refused'], [new Error('anything else'), 'unknown']
] as const) t.test(`${JSON.stringify(error)} means ${kind}`, async (t) => { t.equal(dialFault(error as Parameters<typeof dialFault>[0]).kind, kind) })

const RATES = { inboundPerMinuteMinor: 0, outboundPerMinuteMinor: 300, streamPerMinuteMinor: 50 }
const PURSE = { balanceMinor: 100_000, reserveMinor: 10_000, rates: RATES, longestCallMs: 15 * 60_000 }
for (const [what, differences, calls] of [
  ['KES 1,000, of which 100 stay', {}, 17],
  ['exactly one call', { balanceMinor: 15_250 }, 1],
  ['a cent less', { balanceMinor: 15_249 }, 0],
  ['the reserve', { balanceMinor: 10_000 }, 0],
  ['debts', { balanceMinor: -5 }, 0],
  ['a carrier for nothing', { rates: { ...RATES, outboundPerMinuteMinor: 0, streamPerMinuteMinor: 0 } }, Infinity],
  ['nothing, and a carrier for nothing', { balanceMinor: 0, reserveMinor: 0, rates: { ...RATES, outboundPerMinuteMinor: 0, streamPerMinuteMinor: 0 } }, 0]
] as const) {
  t.test(`a wallet of ${what} bears ${calls} calls at once`, async (t) => { t.equal(affordableCalls({ ...PURSE, ...differences }), calls) })
}

t.test('whatever is in the wallet, the calls it is said to bear leave the reserve, and one more would not', async (t) => {
  const minor = fc.integer({ min: 0, max: 10_000_000 })
  fc.assert(fc.property(minor, minor, fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 3_600_000 }), (balanceMinor, reserveMinor, outboundPerMinuteMinor, longestCallMs) => {
    const each = Math.ceil(Math.ceil(longestCallMs / 1000) * outboundPerMinuteMinor / 60)
    const calls = affordableCalls({ balanceMinor, reserveMinor, rates: { ...RATES, outboundPerMinuteMinor, streamPerMinuteMinor: 0 }, longestCallMs })
    return (calls === 0 || balanceMinor - calls * each >= reserveMinor) && balanceMinor - (calls + 1) * each < reserveMinor
  }))
})
