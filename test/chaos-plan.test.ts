import t from 'tap'
import { closingAfter, latestAfterOptOut, openingAfter, outsideHours, repeated, tooOften } from './chaos-judge.ts'
import { planChaos } from './chaos-plan.ts'

/** The first of everything that a plan holds. */
function drawn (seed: number, streams = ['kills', 'redisTroubles', 'clockJumps', 'optOuts'] as const): unknown {
  const plan = planChaos(seed)
  const first = <T>(stream: Iterator<T, never>): T[] => Array.from({ length: 50 }, () => stream.next().value)
  const leads = Array.from({ length: 200 }, (_, n) => n)
  return {
    streams: Object.fromEntries(streams.map(name => [name, first<unknown>(plan[name](4))])),
    leads: leads.map(lead => [plan.optOutRace(lead), [1, 2, 3].map(n => [plan.dialFault(lead, n), plan.callee(lead, n)])])
  }
}

t.test('the same seed is the same trouble, whatever is asked for first', async (t) => {
  t.same(drawn(42), drawn(42))
  const plan = planChaos(42)
  const [late, early] = [plan.dialFault(7, 2), plan.dialFault(7, 1)]
  t.same([planChaos(42).dialFault(7, 1), planChaos(42).dialFault(7, 2)], [early, late])
  t.notSame(drawn(42), drawn(43))
})

t.test('every kind of trouble comes', async (t) => {
  const text = JSON.stringify(drawn(1))
  for (const kind of ['flush', 'freeze', 'kill', 'forward', 'back', 'to closing', 'reserved', 'posting', 'cut before', 'cut during', 'cut after', 'status after', 'slow', 'busy', 'ring out']) t.match(text, `"${kind}"`)
})

/** A clock that shows the true time, but for one jump by so many ms at an instant. */
function clockWith (jumpAt: Date | null, ms: number) {
  const pieces = (from: Date, until: Date): Array<readonly [number, number]> => {
    if (jumpAt === null || until < jumpAt) return [[from.getTime(), until.getTime()]]
    if (from >= jumpAt) return [[from.getTime() + ms, until.getTime() + ms]]
    return [[from.getTime(), jumpAt.getTime()], [jumpAt.getTime() + ms, until.getTime() + ms]]
  }
  const shown = (from: Date, until: Date): readonly [Date, Date] => {
    const all = pieces(from, until).flat()
    return [new Date(Math.min(...all)), new Date(Math.max(...all))]
  }
  return { pieces, shown }
}
const steady = clockWith(null, 0)
const dial = (at: string, to = '+254710000001', clientRequestId = at) => ({ at: new Date(at), to, clientRequestId })

t.test('the judge finds a label that comes twice, and one that is missing', async (t) => {
  t.same(repeated(['a', 'b', 'a', undefined]), ['a', undefined])
  t.same(repeated(['a', 'b']), [])
})

t.test('the judge finds a person who is dialled too soon or too often', async (t) => {
  const days = ['2026-11-24T06:00:00Z', '2026-11-25T06:00:00Z', '2026-11-26T06:00:00Z'].map(at => dial(at))
  t.same(tooOften(days, steady), [])
  const soon = dial('2026-11-24T09:00:00Z')
  t.same(tooOften([days[0]!, soon], steady), [soon])
  t.same(tooOften([days[0]!, dial(soon.at.toISOString(), '+254710000002')], steady), [], 'another person')
  const fourth = dial('2026-11-27T06:00:00Z')
  t.same(tooOften([...days, fourth], steady), [fourth])
  t.same(tooOften([days[0]!, soon], clockWith(new Date('2026-11-24T07:00:00Z'), 2 * 3_600_000)), [], 'the clock has jumped')
})

t.test('the judge finds a dial outside the hours', async (t) => {
  for (const at of ['2026-11-24T04:59:00Z', '2026-11-24T15:00:02Z', '2026-11-28T14:30:00Z', '2026-11-29T09:00:00Z', '2026-12-12T09:00:00Z']) t.equal(outsideHours([dial(at)], steady).length, 1, at)
  for (const at of ['2026-11-24T05:00:00Z', '2026-11-24T15:00:00.900Z', '2026-11-28T13:30:00Z']) t.equal(outsideHours([dial(at)], steady).length, 0, at)
  const jump = new Date('2026-11-24T14:00:00Z')
  t.equal(outsideHours([dial('2026-11-24T14:00:00.500Z')], clockWith(jump, 3_600_000)).length, 0, 'decided before the clock jumped')
  t.equal(outsideHours([dial('2026-11-24T14:00:01.500Z')], clockWith(jump, 3_600_000)).length, 1, 'decided after it')
})

t.test('the judge tells how long after an opt-out somebody was dialled', async (t) => {
  const optedOut = new Map([['+254710000001', new Date('2026-11-24T09:00:00Z')]])
  t.equal(latestAfterOptOut([dial('2026-11-24T08:59:59Z'), dial('2026-11-24T09:00:01.500Z'), dial('2026-11-24T10:00:00Z', '+254710000002')], optedOut), 1_500)
  t.equal(latestAfterOptOut([dial('2026-11-24T10:00:00Z', '+254710000002')], optedOut), -Infinity)
})

t.test('the hours end at six on weekdays, at five on Saturday, and not at all on Sunday', async (t) => {
  t.same(closingAfter(new Date('2026-11-24T14:59:00Z')), new Date('2026-11-24T15:00:00Z'))
  t.same(closingAfter(new Date('2026-11-27T15:00:00Z')), new Date('2026-11-28T14:00:00Z'))
  t.same(closingAfter(new Date('2026-11-28T14:00:00Z')), new Date('2026-11-30T15:00:00Z'))
})

t.test('the hours begin at eight on weekdays, and at nine on Saturday', async (t) => {
  t.same(openingAfter(new Date('2026-11-24T14:59:00Z')), new Date('2026-11-24T14:59:00Z'))
  t.same(openingAfter(new Date('2026-11-24T15:00:00Z')), new Date('2026-11-25T05:00:00Z'))
  t.same(openingAfter(new Date('2026-11-27T15:00:01Z')), new Date('2026-11-28T06:00:00Z'))
  t.same(openingAfter(new Date('2026-11-28T14:00:00Z')), new Date('2026-11-30T05:00:00Z'))
})
