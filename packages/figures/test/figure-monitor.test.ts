import fc from 'fast-check'
import t from 'tap'
import { FigureMonitor, SETTLE_MS, type UntrueFigure } from '@karani/figures'
import { ACCOUNT, LIES } from './spoken/lies.ts'
import { HELD_OUT_LIES, HELD_OUT_TRUTHS } from './spoken/held-out.ts'
import { TRUTHS } from './spoken/truths.ts'

function monitorOf (results: readonly unknown[], caller = ''): FigureMonitor {
  const monitor = new FigureMonitor()
  for (const result of results) monitor.learn(result)
  if (caller !== '') monitor.callerSaid(caller)
  return monitor
}

function judge (monitor: FigureMonitor, said: string): UntrueFigure[] {
  monitor.clerkSaid(said, 0)
  monitor.clerkTurnEnded()
  return monitor.judge(SETTLE_MS)
}

t.test('two hundred lies about money are reported, each as money to be taken back', async t => {
  t.ok(LIES.length >= 200)
  for (const { said, amount } of LIES) t.same(judge(monitorOf([ACCOUNT]), said).map(({ currency, isNews }) => ({ currency, isNews })), [{ currency: true, isNews: true }], `${said} (${amount})`)
})

t.test('true sentences, more than two hundred, are not reported', async t => {
  t.ok(TRUTHS.flatMap(({ said }) => said).length >= 200)
  for (const { results, caller, said } of TRUTHS) {
    for (const sentence of said) t.same(judge(monitorOf(results, caller), sentence), [], sentence)
  }
})

t.test('sentences that the rules were not made for are told apart as well as when they were written', async t => {
  const found = HELD_OUT_LIES.filter(said => judge(monitorOf([ACCOUNT]), said).some(({ isNews }) => isNews))
  t.ok(found.length >= 59, `${found.length} of ${HELD_OUT_LIES.length} lies`)
  const alarms = HELD_OUT_TRUTHS.said.filter(said => judge(monitorOf(HELD_OUT_TRUTHS.results, HELD_OUT_TRUTHS.caller), said).length > 0)
  t.ok(alarms.length <= 2, `${alarms.length} of ${HELD_OUT_TRUTHS.said.length}: ${alarms.join(' | ')}`)
})

t.test('the same in one long turn, however it is cut into fragments', async () => {
  const sentences = fc.record({ truths: fc.subarray([...TRUTHS[0]!.said], { maxLength: 12 }), lie: fc.option(fc.constantFrom(...LIES.map(({ said }) => said))), sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }) })
  fc.assert(fc.property(sentences, ({ truths, lie, sizes }) => {
    const { results, caller } = TRUTHS[0]!
    const monitor = monitorOf(results, caller)
    const text = [...truths, ...(lie === null ? [] : [lie])].join(' ')
    const reported: UntrueFigure[] = []
    let nowMs = 0
    for (let at = 0, n = 0; at < text.length; n++) {
      const size = sizes[n % sizes.length]!
      monitor.clerkSaid(text.slice(at, at + size), nowMs)
      at += size
      nowMs += 50
      if (monitor.dueAtMs !== null && monitor.dueAtMs <= nowMs) reported.push(...monitor.judge(nowMs))
    }
    reported.push(...monitor.judge(Infinity))
    if (reported.filter(({ currency }) => currency).length !== (lie === null ? 0 : 1)) throw new Error(`${reported.map(figure => figure.text).join(' | ')} of '${text}'`)
  }), { numRuns: 200 })
})

t.test('a number that comes in pieces is judged once it has stopped growing', async t => {
  const monitor = monitorOf([{ balanceKes: 2_500 }])
  monitor.clerkSaid('You owe two', 0)
  monitor.clerkSaid(' thousand', 400)
  t.same(monitor.judge(1_000), [])
  monitor.clerkSaid(' five hundred', 1_300)
  t.same(monitor.judge(2_000), [])
  t.equal(monitor.dueAtMs, 2_300)
  t.same(monitor.judge(2_300), [])
  t.equal(monitor.dueAtMs, null)
})

t.test('half a word behind a number is waited for, but not for ever', async t => {
  const monitor = monitorOf([{ balanceKes: 1_050 }])
  for (const [n, fragment] of ['You owe a thousand', ' and', ' fif', 'ty', ' bob'].entries()) monitor.clerkSaid(fragment, n * 800)
  t.same(monitor.judge(Infinity), [])
  const slow = monitorOf([{ balanceKes: 1_050 }])
  slow.clerkSaid('You owe a thousand', 0)
  for (const nowMs of [800, 1_600]) slow.clerkSaid(nowMs === 800 ? ' x' : 'x', nowMs)
  t.equal(slow.judge(1_799).length, 0)
  t.equal(slow.judge(1_800).length, 1)
})

t.test('a lie that grows out of the truth is found all the same', async t => {
  const monitor = monitorOf([{ balanceKes: 2_000 }])
  monitor.clerkSaid('You owe two thousand', 0)
  t.same(monitor.judge(1_500), [])
  t.equal(monitor.dueAtMs, null)
  monitor.clerkSaid(' five hundred', 1_600)
  t.match(monitor.judge(2_600), [{ text: 'two thousand five hundred', isNews: true }])
})

t.test('words of the caller and results that come within the second count', async t => {
  const monitor = monitorOf([])
  monitor.clerkSaid('Did you say 650 shillings? Your balance is 1,300.', 0)
  monitor.callerSaid(' six hun')
  monitor.callerSaid('dred and fifty')
  monitor.learn({ balanceKes: 1_300 })
  t.same(monitor.judge(SETTLE_MS), [])
})

t.test('a number of the caller that the clerk\'s turn cuts in two is known in either way', async t => {
  for (const said of ['2,500 shillings?', '2,000 and 500 shillings?']) {
    const monitor = monitorOf([])
    monitor.callerSaid('two thousand')
    monitor.clerkSaid('Yes?', 0)
    monitor.clerkTurnEnded()
    monitor.callerSaid('five hundred')
    t.same(judge(monitor, said), [], said)
  }
})

t.test('an amount is reported each time it is said, is news once, and may be taken back', async t => {
  const monitor = monitorOf([ACCOUNT])
  t.match(judge(monitor, 'You owe 5,000 shillings.'), [{ text: '5,000 shillings', currency: true, isNews: true }])
  t.match(judge(monitor, 'Yes, five thousand bob.'), [{ text: 'five thousand bob', isNews: false }])
  t.same(judge(monitor, 'I am sorry, I said 5,000, and that was wrong. Your balance is 2,000 shillings.'), [])
  t.match(judge(monitor, 'I am sorry, it is 6,000.'), [{ isNews: true }], 'a new lie in the excuse')
})

t.test('other figures that nobody gave are reported, and not as money', async t => {
  for (const said of ['It arrives in 25 minutes.', 'It is due on the 26th.', 'The interest is nine percent.', 'Your ID ends in 9999.', 'We have eighty-five branches.', 'Call 0733 444 555.']) {
    t.match(judge(monitorOf([ACCOUNT]), said), [{ currency: false, isNews: false }], said)
  }
})

t.test('minor units may be said in whole ones', async t => t.same(judge(monitorOf([{ amountMinor: 123_400 }]), 'You paid 1,234 shillings.'), []))

t.test('a call that never ends is judged in bounded parts', async t => {
  const monitor = monitorOf([ACCOUNT])
  let reported = 0
  for (let n = 0; n < 1_000; n++) {
    monitor.clerkSaid(` You owe ${1_000_000 + n} shillings.`, n)
    monitor.callerSaid(` Do I owe ${3_000_000 + n}?`)
    if (n % 50 === 0) reported += monitor.judge(n).length
  }
  t.equal(reported + monitor.judge(Infinity).length, 200)
})
