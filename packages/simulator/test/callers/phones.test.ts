import t from 'tap'
import { rms, tone, toneLevel } from '@karani/audio'
import { livePhone, recordedPhone, scriptedPhone, silentPhone, tonePhone, type Phone, type Step } from '../../src/index.ts'

const QUIET = new Int16Array(320)
const CLERK = tone(300, 20, 16_000)

/** What the phone says while it hears one letter per 20 ms: `c` the clerk, anything else silence. */
function hold (phone: Phone, heard: string): Int16Array {
  const said = new Int16Array(heard.length * 320)
  for (const [n, letter] of [...heard].entries()) {
    const frame = phone.tick(letter === 'c' ? CLERK : QUIET)
    if (frame.length !== 320) throw new Error(`a frame of ${frame.length} samples`)
    said.set(frame, n * 320)
  }
  return said
}

const spoken = (said: Int16Array): string => Array.from({ length: said.length / 320 }, (_, n) => rms(said.subarray(n * 320, n * 320 + 320)) > 0 ? 's' : '.').join('')
const SENTENCE = tone(440, 50, 16_000)

t.test('a silent phone says nothing', async t => {
  t.equal(spoken(hold(silentPhone(), 'ccc')), '...')
})

t.test('a tone phone sounds from then till then', async t => {
  const said = hold(tonePhone(800, { afterMs: 40, forMs: 60 }), '.......')
  t.equal(spoken(said), '..sss..')
  t.ok(Math.abs(toneLevel(said.slice(640, 1600), 800, 16_000) - 0.3) < 0.01)
})

t.test('a recorded phone plays its samples once, to the last', async t => {
  const said = hold(recordedPhone(SENTENCE, { afterMs: 30 }), '......')
  t.same(said.subarray(480, 480 + SENTENCE.length), SENTENCE)
  t.equal(rms(said.subarray(480 + SENTENCE.length)), 0)
})

t.test('a live phone says what is pushed in, passes on what it hears, and is put down', async t => {
  let heard = 0
  const phone = livePhone({ onHeard: frame => { heard += rms(frame) > 0 ? 1 : 0 } })
  t.ok(phone.speak(SENTENCE))
  t.equal(spoken(hold(phone, '..cc.')), 'sss..')
  t.equal(heard, 2)
  t.equal(phone.speak(new Int16Array(61 * 16_000)), false, 'more than a minute is refused')
  t.equal(phone.hungUp, false)
  phone.hangUp()
  t.equal(phone.hungUp, true)
})

const SAY: Step = { say: SENTENCE }
for (const [title, steps, heard, expected] of [
  ['speaks at once when nothing is to be waited for', [SAY], '.....', 'sss..'],
  ['waits until the clerk has spoken and is quiet', [{ wait: 'clerk finished', quietMs: 60 }, SAY], '..cccc.cc.......', '............sss.'],
  ['does not take a click for speech', [{ wait: 'clerk finished', quietMs: 60 }, SAY], 'c..........', '...........'],
  ['interrupts the clerk', [{ interruptAfterMs: 80 }, SAY], '..cccccccc', '......sss.'],
  ['counts only what it hears after its own words', [{ interruptAfterMs: 60 }, SAY, { wait: 'clerk finished', quietMs: 40 }, SAY], 'cccccc....ccc......', '...sss.......' + '..sss.'.padEnd(6, '.')],
  ['pauses', [{ pauseMs: 60 }, SAY], '.......', '...sss.']
] as Array<[string, Step[], string, string]>) {
  t.test(`a scripted caller ${title}`, async t => {
    t.equal(spoken(hold(await scriptedPhone(steps), heard)).slice(0, expected.length), expected.slice(0, heard.length))
  })
}

t.test('a caller who waits in vain hangs up, and says at which step', async t => {
  const phone = await scriptedPhone([{ wait: 'clerk finished', timeoutMs: 100 }, SAY])
  t.equal(spoken(hold(phone, '........')), '........')
  t.equal(phone.hungUp, true)
  t.match(phone.progress, [{ step: { wait: 'clerk finished' }, atMs: 100, outcome: 'timed out' }])
})

t.test('a caller says goodbye and hangs up; texts are spoken by the voice given', async t => {
  const phone = await scriptedPhone([{ say: 'goodbye' }, { hangUp: true }], async text => text === 'goodbye' ? SENTENCE : QUIET)
  t.equal(spoken(hold(phone, '.....')), 'sss..')
  t.equal(phone.hungUp, true)
  await t.rejects(scriptedPhone([{ say: 'goodbye' }]), TypeError)
})
