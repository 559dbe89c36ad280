import { createColors } from 'picocolors'
import t from 'tap'
import type { CallLogEntry } from '@karani/call-model'
import { LiveDisplay } from '../src/display/live-display.ts'

const opened: CallLogEntry = { type: 'opened', atMs: 0, agent: 'lender', line: '+254711000001', caller: '+254722000001', direction: 'inbound', startedAt: '' }
const ready: CallLogEntry = { type: 'model-ready', atMs: 0 }
const closed: CallLogEntry = { type: 'closed', atMs: 0, endedBy: 'caller', costMinor: 0, currency: 'KES' }

function display () {
  const printed: string[] = []
  const live = new LiveDisplay({ page: { width: 80, colors: createColors(false) }, print: line => printed.push(line), businessOf: () => 'Tumaini Credit' })
  return { live, taken: () => printed.splice(0).map(line => line.trim()).filter(Boolean) }
}

t.test('a call from elsewhere is shown to ring when it is answered, one from here once', async t => {
  const { live, taken } = display()
  live.show({ callId: 'A', entry: opened })
  t.same(taken(), ['+254722000001 rings Tumaini Credit, +254711000001', '0:00         answered by the lender clerk'])
  live.show({ callId: 'A', entry: closed })
  taken()
  live.ring('B', { from: null, line: '+254711000001' })
  live.show({ callId: 'B', entry: opened })
  t.same(taken(), ['a withheld number rings Tumaini Credit, +254711000001', '0:00         answered by the lender clerk'])
})

t.test('two calls at once are told apart by headings', async t => {
  const { live, taken } = display()
  live.show({ callId: 'A', entry: opened })
  live.show({ callId: 'B', entry: opened })
  t.ok(taken().includes('— call B —'))
  live.show({ callId: 'B', entry: ready })
  t.notOk(taken().includes('— call B —'), 'it goes on')
  live.show({ callId: 'A', entry: closed })
  t.ok(taken().includes('— call A —'))
  live.show({ callId: 'B', entry: ready })
  t.notOk(taken().includes('— call B —'), 'the other one is over')
})

t.test('whoever waits for a call is told when it is over, and at once when it already is', async t => {
  const { live } = display()
  live.ring('A', { from: null, line: '+254711000001' })
  const ended = live.ended('A')
  live.show({ callId: 'A', entry: closed })
  await ended
  await live.ended('A')
})
