import t from 'tap'
import fc from 'fast-check'
import { addDays } from '@karani/records'
import type { DeliveryService } from '@karani/lines'
import { localTimeAt, refusalOf } from '../../src/courier/delivery-days.ts'

const SERVICE: DeliveryService = { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'], cutOff: '16:00', maxDaysAhead: 14 }
/** A Saturday. */
const TODAY = '2026-11-21'
const MORNING = { today: TODAY, time: '09:00' }
const EVENING = { today: TODAY, time: '16:00' }

const table = [
  ['from the depot, a parcel may still come today', 'at_depot', TODAY, TODAY, MORNING, null],
  ['from the cut-off on, not today any more', 'at_depot', TODAY, TODAY, EVENING, { why: 'too-late', nextDay: '2026-11-23' }],
  ['a minute before the cut-off is in time', 'at_depot', TODAY, TODAY, { today: TODAY, time: '15:59' }, null],
  ['nothing comes on a Sunday', 'at_depot', TODAY, '2026-11-22', MORNING, { why: 'no-service', nextDay: '2026-11-23' }],
  ['yesterday is past', 'at_depot', TODAY, '2026-11-20', MORNING, { why: 'past', nextDay: TODAY }],
  ['a parcel at the depot may come earlier than planned', 'at_depot', '2026-11-27', '2026-11-23', MORNING, null],
  ['a parcel that is not here yet may not', 'in_transit', '2026-11-27', '2026-11-26', MORNING, { why: 'too-late', nextDay: '2026-11-27' }],
  ['nor when the planned day is no day of service', 'in_transit', '2026-11-29', '2026-11-28', MORNING, { why: 'too-late', nextDay: '2026-11-30' }],
  ['a rider cannot change the round of today', 'out_for_delivery', TODAY, TODAY, MORNING, { why: 'too-late', nextDay: '2026-11-23' }],
  ['a rider can be called back in time', 'out_for_delivery', TODAY, '2026-11-23', MORNING, null],
  ['a rider cannot be called back later', 'out_for_delivery', TODAY, '2026-11-23', EVENING, { why: 'with-rider' }],
  ['what is on its way back is not here today', 'returning_to_depot', TODAY, TODAY, MORNING, { why: 'too-late', nextDay: '2026-11-23' }],
  ['what is on its way back may come another day', 'returning_to_depot', '2026-11-23', '2026-11-24', EVENING, null],
  ['a delivered parcel stays where it is', 'delivered', '2026-11-20', '2026-11-23', MORNING, { why: 'settled' }],
  ['a returned parcel stays where it is', 'returned', '2026-11-20', '2026-11-23', MORNING, { why: 'settled' }],
  ['a status that nobody knows is not touched', 'lost in thought', TODAY, '2026-11-23', MORNING, { why: 'settled' }],
  ['two weeks ahead is possible', 'at_depot', TODAY, '2026-12-05', MORNING, null],
  ['a day more is not', 'at_depot', TODAY, '2026-12-06', MORNING, { why: 'too-far', lastDay: '2026-12-05' }]
] as const
for (const [title, status, deliverOn, day, now, refusal] of table) {
  t.test(title, async (t) => {
    t.strictSame(refusalOf(day, { status, deliverOn }, now, SERVICE), refusal)
  })
}

const days = fc.integer({ min: 0, max: 12_000 }).map(days => addDays('2010-01-01', days))
const situation = fc.record({
  today: days,
  time: fc.tuple(fc.nat(23), fc.nat(59)).map(parts => parts.map(part => String(part).padStart(2, '0')).join(':')),
  ahead: fc.integer({ min: -10, max: 60 }),
  planned: fc.integer({ min: -10, max: 40 }),
  status: fc.constantFrom('in_transit', 'at_depot', 'out_for_delivery', 'returning_to_depot', 'delivered', 'returned'),
  service: fc.record({
    days: fc.uniqueArray(fc.constantFrom('sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'), { minLength: 1 }),
    cutOff: fc.constantFrom('00:00', '09:30', '16:00', '23:59'),
    maxDaysAhead: fc.integer({ min: 7, max: 30 })
  }) as fc.Arbitrary<DeliveryService>
})

/** What a careful dispatcher would say, day by day: without the shape of the code. */
function couldCome (day: string, { status, planned, today, time, service }: Situation): boolean {
  const weekday = new Date(`${day}T12:00:00Z`).toLocaleDateString('en', { weekday: 'short', timeZone: 'UTC' }).toLowerCase()
  const isLate = Number(time.replace(':', '')) >= Number(service.cutOff.replace(':', ''))
  if (['delivered', 'returned'].includes(status) || (status === 'out_for_delivery' && isLate)) return false
  if (!service.days.some(name => name === weekday) || day < today) return false
  if (day === today && (isLate || status === 'out_for_delivery' || status === 'returning_to_depot')) return false
  return status !== 'in_transit' || day >= addDays(today, planned)
}
interface Situation { status: string, planned: number, today: string, time: string, ahead: number, service: DeliveryService }

t.test('what is refused could not come, what is offered instead could, and nothing between', async () => {
  fc.assert(fc.property(situation, (situation) => {
    const { today, time, ahead, planned, status, service } = situation
    const day = addDays(today, ahead)
    const refusal = refusalOf(day, { status, deliverOn: addDays(today, planned) }, { today, time }, service)
    if (refusal === null) return couldCome(day, situation)
    if ('lastDay' in refusal) return couldCome(refusal.lastDay, situation) && day > refusal.lastDay
    if (!('nextDay' in refusal)) return !couldCome(day, situation)
    if (couldCome(day, situation) || !couldCome(refusal.nextDay, situation) || refusal.nextDay <= day) return false
    for (let between = addDays(day, 1); between < refusal.nextDay; between = addDays(between, 1)) if (couldCome(between, situation)) return false
    return true
  }), { numRuns: 5_000 })
})

t.test('the day and the hour are those of the business, wherever the process runs and whatever clocks were turned', async (t) => {
  const zones = fc.constantFrom('Africa/Nairobi', 'America/New_York', 'Pacific/Kiritimati', 'Asia/Kathmandu', 'Europe/London', 'UTC')
  const before = process.env['TZ']
  t.teardown(() => { if (before === undefined) delete process.env['TZ']; else process.env['TZ'] = before })
  fc.assert(fc.property(fc.date({ min: new Date('2010-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }), zones, zones, (instant, timeZone, processZone) => {
    process.env['TZ'] = processZone
    const [today, clock] = instant.toLocaleString('sv-SE', { timeZone }).split(' ')
    const local = localTimeAt(instant, timeZone)
    return local.today === today && local.time === clock!.slice(0, 5)
  }), { numRuns: 500 })
})
