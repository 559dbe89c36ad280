import t from 'tap'
import { isOptOut, OPT_OUT } from '../src/index.ts'

t.test('every word of the list is an opt-out, however it is written', async (t) => {
  for (const words of [...OPT_OUT.alone, ...Object.values(OPT_OUT.phrases).flat()]) {
    for (const text of [words, words.toUpperCase(), `  ${words}!!`, words.normalize('NFD'), `${words}, please`]) t.ok(isOptOut(text), text)
  }
  for (const phrase of Object.values(OPT_OUT.phrases).flat()) t.ok(isOptOut(`Habari. ${phrase}; ni mimi`), phrase)
})

t.test('what looks like one is none', async (t) => {
  const looksLike = [
    'stop by the branch', 'end of the month', 'cancel my order', "I can't stop now", 'acha', 'wacha', 'acha nione', 'acha nikuambie', 'wacha nilipe kesho',
    'acha nione kama naweza kulipa', 'usinipigie leo', 'usinipigie sasa hivi', 'sasa hivi', 'wacha niku-call back', 'no call me now, call me for evening', '', '   ', '?', 'I will pay on Friday'
  ]
  for (const text of looksLike) t.notOk(isOptOut(text), text)
})

t.test('ways of saying it that the list has in other words', async (t) => {
  for (const text of ['STOP', 'Stop. Thanks', "Don't call me again!", 'dont call me again', 'Opt-out', 'Please stop calling my phone']) t.ok(isOptOut(text), text)
})
