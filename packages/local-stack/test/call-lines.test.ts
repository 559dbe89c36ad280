import { createColors } from 'picocolors'
import t from 'tap'
import type { CallLogEntry, FinishedCall } from '@karani/call-model'
import { callLines, ringLines, summaryLines, type Page } from '../src/display/call-lines.ts'

const plain: Page = { width: 60, colors: createColors(false) }
const coloured: Page = { width: 60, colors: createColors(true) }

const table: Array<[string, CallLogEntry, string[]]> = [
  ['an answered call', { type: 'opened', atMs: 0, agent: 'lender', line: '+254711000001', caller: null, direction: 'inbound', startedAt: '2026-01-01T00:00:00Z' },
    [' 0:00         answered by the lender clerk']],
  ['a clip, on the clerk\'s side', { type: 'clip', atMs: 0, clip: 'opening', text: 'Hello.' },
    [' 0:00                                         Hello.▕ clerk']],
  ['a connected model', { type: 'model-ready', atMs: 320 },
    [' 0:00         model connected']],
  ['the caller, from the left', { type: 'caller-said', atMs: 65_400, text: 'What is my balance, and when do I have to pay it?' },
    [' 1:05  caller ▏What is my balance, and', '              ▏when do I have to pay it?']],
  ['the clerk, from the right', { type: 'clerk-said', atMs: 7_000, text: 'Two thousand shillings, due on the tenth.', cut: false },
    [' 0:07                    Two thousand shillings, due▕ clerk', '                         on the tenth.              ▕']],
  ['a clerk who was cut', { type: 'clerk-said', atMs: 7_000, text: 'Two thousand', cut: true },
    [' 0:07                                  Two thousand—▕ clerk']],
  ['a clerk who was cut at what was to be the end', { type: 'clerk-said', atMs: 7_000, text: 'Two thousand. Five.', cut: true },
    [' 0:07                            Two thousand. Five—▕ clerk']],
  ['a turn of nothing', { type: 'caller-said', atMs: 0, text: ' ' },
    [' 0:00  caller ▏']],
  ['a response', { type: 'response', atMs: 1_000, latencyMs: 640.4 },
    [' 0:01         replied after 640 ms']],
  ['an interruption', { type: 'interrupted', atMs: 1_000, heardMs: 1_200, droppedMs: 8_800 },
    [' 0:01         interrupted: 1.2 s heard, 8.8 s unsaid']],
  ['a tool that was called', { type: 'tool-called', atMs: 1_000, id: '1', tool: 'getAccount' },
    []],
  ['a tool that answered', { type: 'tool-answered', atMs: 1_000, id: '1', tool: 'getAccount', durationMs: 14, outcome: 'ok' },
    [' 0:01         getAccount: ok, 14 ms']],
  ['an untrue amount', { type: 'untrue-figure', atMs: 1_000, text: '5,000 \u001b[2Jbob', currency: true, correction: true },
    [' 0:01         untrue amount: 5,000 [2Jbob, to be taken back']],
  ['an untrue figure', { type: 'untrue-figure', atMs: 1_000, text: '26th', currency: false, correction: false },
    [' 0:01         untrue figure: 26th']],
  ['a fault', { type: 'fault', atMs: 1_000, code: 'MODEL_UNREACHABLE' },
    [' 0:01         fault: MODEL_UNREACHABLE']],
  ['a caller who hung up', { type: 'closed', atMs: 24_300, endedBy: 'caller', costMinor: 50, currency: 'KES' },
    [' 0:24         the caller hung up after 0:24, KES 0.50']],
  ['a clerk who hung up', { type: 'closed', atMs: 24_300, endedBy: 'clerk', costMinor: 1_205, currency: 'KES' },
    [' 0:24         the clerk hung up after 0:24, KES 12.05']],
  ['a call that a fault ended', { type: 'closed', atMs: 24_300, endedBy: 'MODEL_UNREACHABLE', costMinor: 0, currency: 'KES' },
    [' 0:24         ended by MODEL_UNREACHABLE after 0:24, KES 0.00']]
]

t.test('each entry of a call has its lines', async t => {
  for (const [title, entry, lines] of table) t.same(callLines(entry, plain), lines, title)
})

t.test('no line is wider than the terminal, whatever was said', async t => {
  const text = `${'word '.repeat(40)}${'x'.repeat(200)}`
  for (const width of [50, 60, 100]) {
    for (const type of ['caller-said', 'clerk-said'] as const) {
      const lines = callLines({ type, atMs: 0, text, cut: false }, { ...plain, width })
      t.ok(lines.length > 3)
      t.ok(lines.every(line => line.length <= width), `${type} in ${width} columns`)
    }
  }
})

t.test('speech cannot steer the terminal', async t => {
  const [line] = callLines({ type: 'caller-said', atMs: 0, text: 'red \u001b[31malert\u0007\u202e' }, plain)
  t.equal(line, ' 0:00  caller ▏red [31malert')
})

t.test('colours only when the page has them', async t => {
  const entry: CallLogEntry = { type: 'caller-said', atMs: 0, text: 'Hello' }
  t.notMatch(callLines(entry, plain).join(''), '\u001b[')
  t.match(callLines(entry, coloured).join(''), '\u001b[36m')
})

t.test('a ring names both numbers, or says that one is withheld', async t => {
  t.match(ringLines({ from: '+254722000001', line: '+254711000001', business: 'Tumaini Credit' }, plain).join(), '+254722000001 rings Tumaini Credit, +254711000001')
  t.match(ringLines({ from: null, line: '+254711000001', business: 'Tumaini Credit' }, plain).join(), 'a withheld number rings')
})

t.test('a summary counts what there was, and is silent about what there was not', async t => {
  const finished = (entries: CallLogEntry[]) => ({ entries }) as FinishedCall
  const response = (latencyMs: number): CallLogEntry => ({ type: 'response', atMs: 0, latencyMs })
  t.same(summaryLines(finished([]), plain), [])
  t.same(summaryLines(finished([response(500), response(700)]), plain), ['              replies within 700 ms'])
  t.same(summaryLines(finished([response(900), response(500), response(700), { type: 'fault', atMs: 0, code: 'X' }]), plain),
    ['              replies after 700 ms (median), 900 ms (longest) · 1 fault'])
})
