import fc from 'fast-check'
import t from 'tap'
import { foldCarrierFacts, type CarrierFact } from '@karani/call-model'

const fact = fc.record({
  state: fc.constantFrom<CarrierFact['state']>('ringing', 'answered', 'stream-started', 'stream-stopped', 'stream-error', 'completed', 'failed', 'recording-ready', 'other'),
  occurredAt: fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }).map(d => d.toISOString()),
  durationSeconds: fc.nat(7_200),
  cause: fc.constantFrom('normal_clearing', 'no_answer', 'busy'),
  recordingId: fc.constantFrom('r1', 'r2')
}, { requiredKeys: ['state'] })

t.test('any order and any repetition of the carrier\'s facts give the same view', async (t) => {
  const shuffled = fc.array(fact, { maxLength: 12 }).chain(facts => fc.tuple(fc.constant(facts), fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2 })))
  fc.assert(fc.property(shuffled, ([facts, again]) => { t.same(foldCarrierFacts(again), foldCarrierFacts(facts)) }), { numRuns: 1_000 })
})

t.test('a late ringing does not reopen a completed call', async (t) => {
  const view = foldCarrierFacts([{ state: 'completed', durationSeconds: 73, cause: 'normal_clearing', occurredAt: '2026-11-21T10:01:13Z' }, { state: 'ringing' }])
  t.same(view, { status: 'completed', endedAt: '2026-11-21T10:01:13Z', durationSeconds: 73, cause: 'normal_clearing' })
})
