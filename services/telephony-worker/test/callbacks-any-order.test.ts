import t from 'tap'
import fc from 'fast-check'
import { CarrierFacts } from '@karani/call-context'
import { diallingHouse, eventually, phoneOf, shortPhone } from './dialling-house.ts'

const { carrier, redis, db, lead, leadRow, attempts, age, campaign, worker } = await diallingHouse(t)
await campaign()
const app = await worker({ MAX_OUTBOUND_CALLS: '1000', MODEL_SESSIONS: '1000' })
const facts = new CarrierFacts(redis)
let n = 0

type Happening = 'session told' | 'uuid told' | 'label told' | 'heard of session' | 'heard of uuid' | 'heard of label' | 'promise written' | 'round'
const HAPPENINGS: readonly Happening[] = ['session told', 'uuid told', 'label told', 'heard of session', 'heard of uuid', 'heard of label', 'promise written', 'round']

t.test('callbacks in any order, repeated or missing, and a lost answer or not: the same final state', async (t) => {
  const order = fc.shuffledSubarray([...HAPPENINGS, ...HAPPENINGS], { minLength: 1 })
  await fc.assert(fc.asyncProperty(order, fc.boolean(), async (happenings, answerIsLost) => {
    const leadId = await lead(++n)
    carrier.subscribe(phoneOf(n), shortPhone)
    await app.reconciler.round()
    await eventually(async () => (await attempts(leadId))[0]?.state === 'posted')
    const [attempt] = await attempts(leadId)
    const [session, uuid] = attempt!.carrier_call_ids as [string, string]
    const label = attempt!.attempt_id as string
    await carrier.find(session)!.ended
    if (answerIsLost) {
      await redis.flushall()
      await db.query("update dialling.dial_attempts set state = 'posting', posted_at = null, carrier_call_ids = '{}' where attempt_id = $1", [label])
    }
    const happen: Record<Happening, () => Promise<unknown>> = {
      'session told': async () => { await facts.link([session, label]); await facts.add(session, { state: 'completed' }) },
      'uuid told': async () => { await facts.link([uuid, label]); await facts.add(uuid, { state: 'completed', durationSeconds: 1 }) },
      'label told': async () => await facts.link([session, uuid, label]),
      'heard of session': async () => await app.callEnds.heardOf(session),
      'heard of uuid': async () => await app.callEnds.heardOf(uuid),
      'heard of label': async () => await app.callEnds.heardOf(label),
      'promise written': async () => await db.query("insert into dialling.stops (stop_id, account_id, reason, scope, call_id, since) values ($1, $2, 'promise', 'reminders', $3, dialling.now()) on conflict do nothing", [`stop-${n}`, `LN-9${n}`, session]),
      round: async () => await app.reconciler.round()
    }
    for (const happening of happenings) await happen[happening]()
    await happen['promise written']()
    for (const seconds of [11, 91, 181]) {
      await age(seconds)
      await app.reconciler.round()
    }
    const { state, outcome, attempts: tries } = await leadRow(leadId)
    t.strictSame({ state, outcome, tries }, { state: 'done', outcome: 'promised', tries: 1 })
    t.equal(carrier.dialled.filter(({ to }) => to === phoneOf(n)).length, 1)
  }), { numRuns: 15 })
})
