import { readFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { LINES_FILE, diallingHouse, eventually, LINE, mostAtOnce, phoneOf } from './dialling-house.ts'

const OTHER_LINE = '+254711000002'

t.test('a line that may have one call has one at most, while another line goes on', async (t) => {
  const { carrier, campaign, worker, lead, dialsTo, db } = await diallingHouse(t, { numbers: [{ number: LINE }, { number: OTHER_LINE }], behaviour: { outboundRingMs: 10 * 60_000 } })
  const lines = JSON.parse(readFileSync(LINES_FILE, 'utf8')) as { lines: Array<Record<string, unknown>> }
  lines.lines.find(({ number }) => number === LINE)!['maxOutboundCalls'] = 1
  const folder = t.testdir({ 'lines.json': JSON.stringify(lines) })
  await campaign('narrow', LINE)
  await campaign('wide', OTHER_LINE)
  const narrow = [1, 2, 3, 4]
  const wide = [11, 12, 13, 14, 15, 16, 17, 18]
  for (const n of narrow) await lead(n, 'narrow')
  for (const n of wide) await lead(n, 'wide')
  const env = { LINES_FILE: path.join(folder, 'lines.json') }
  const [app] = await Promise.all([worker(env), worker(env)])
  const callsOf = (line: string) => carrier.calls.filter(({ localNumber }) => localNumber === line)
  const untilDialled = async (numbers: number[], many: number, what: string): Promise<void> => await eventually(async () => {
    await db.query("update dialling.leads set queued_at = null where state = 'waiting'")
    await app!.reconciler.round()
    return numbers.filter(n => dialsTo(n) === 1).length === many
  }, what)
  await untilDialled(narrow, 1, 'the narrow line has its call')
  await untilDialled(wide, wide.length, 'the other line goes on')
  t.equal(callsOf(LINE).filter(({ isOver }) => !isOver).length, 1, 'while this one has its call')
  for (let ended = 1; ended < narrow.length; ended++) {
    const call = callsOf(LINE).at(-1)!
    t.equal(callsOf(LINE).length, ended)
    call.finish('carrier', 'no_answer', 'no_answer')
    await app!.callEnds.heardOf(call.sessionId)
    await untilDialled(narrow, ended + 1, 'the next one of the narrow line')
  }
  t.equal(mostAtOnce(callsOf(LINE)), 1)
  t.equal(mostAtOnce(callsOf(OTHER_LINE)), wide.length)
})

t.test('as many calls a second as are allowed, by however many workers', async (t) => {
  const CALLS_PER_SECOND = 3
  const { carrier, campaign, worker, lead } = await diallingHouse(t)
  await campaign()
  const leads = Array.from({ length: 24 }, (_, n) => n + 1)
  for (const n of leads) await lead(n)
  const [app] = await Promise.all([1, 2, 3].map(async () => await worker({ CALLS_PER_SECOND: String(CALLS_PER_SECOND), MAX_OUTBOUND_CALLS: '100' })))
  await app!.reconciler.round()
  await eventually(() => carrier.dialled.length >= leads.length)
  t.same(carrier.dialled.map(({ to }) => to).sort(), leads.map(phoneOf).sort())
  const at = carrier.dialled.map(({ at }) => at.getTime()).sort((a, b) => a - b)
  // A second is counted from its first call, so it may begin and end with as many; and one more for what a slow machine holds up.
  for (let first = 0; first < at.length; first++) {
    for (let last = first; last < at.length; last++) {
      const seconds = (at[last]! - at[first]!) / 1_000
      if (last - first + 1 > CALLS_PER_SECOND * (seconds + 2)) t.fail(`${last - first + 1} calls in ${seconds} s`)
    }
  }
  t.ok(at.at(-1)! - at[0]! >= 1_000 * (leads.length / CALLS_PER_SECOND - 2))
})
