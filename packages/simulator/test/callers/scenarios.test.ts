import t from 'tap'
import { callees, DEMO_CALLEES, scenarios } from '../../src/index.ts'
import { phrasesOf } from '../../src/clerk/index.ts'
import { hear } from '../../src/clerk/phrase.ts'
import { REPEAT_PHRASES, SHARED_RULES } from '../../src/clerk/shared-rules.ts'

const ANYWHERE = [...REPEAT_PHRASES, ...SHARED_RULES.flatMap(({ when }) => when)]

t.test('each line has a caller, and each caller a name of their own', async t => {
  const all = scenarios()
  t.same([...new Set(all.map(({ line }) => line))], ['lender', 'courier', 'restaurant', 'support'])
  t.equal(new Set(all.map(({ line, id }) => `${line}/${id}`)).size, all.length)
})

t.test('each line has the caller who is angry, changes their mind, breaks the rules, or speaks Kiswahili', async t => {
  const ids = (line: string): string[] => scenarios().filter(scenario => scenario.line === line).map(({ id }) => id)
  for (const [line, callers] of [
    ['lender', ['balance', 'change-of-mind', 'mumbled-number', 'wrong-identity', 'angry', 'from-the-bank', 'kiswahili']],
    ['courier', ['track', 'change-of-mind', 'mumbled-number', 'wrong-name', 'angry', 'rule-breaker', 'kiswahili']],
    ['restaurant', ['order', 'change-of-mind', 'mumbled-number', 'angry', 'discount', 'kiswahili']],
    ['support', ['hours', 'change-of-mind', 'angry', 'rule-breaker', 'kiswahili']]
  ] as const) t.same(callers.filter(id => !ids(line).includes(id)), [], line)
})

t.test('every caller hangs up in the end', async t => {
  for (const { id, steps } of scenarios()) t.match(steps.at(-1), { hangUp: true }, id)
})

for (const { line, id, steps } of scenarios()) {
  t.test(`the simulated clerk understands every word of ${line}/${id}`, async t => {
    const { stages, asText, slots } = phrasesOf(line)
    const phrases = [...Object.values(stages).flat(), ...asText, ...ANYWHERE]
    const said = steps.flatMap(step => 'say' in step && typeof step.say === 'string' ? [step.say.toLowerCase()] : [])
    t.not(said.length, 0)
    for (const words of said) t.ok(phrases.some(phrase => hear(words, phrase, slots) !== null), words)
  })
}

for (const { line, id, answers } of callees) {
  if (typeof answers === 'string' || id === 'voicemail') continue
  t.test(`a clerk who called understands every word of ${line}/${id}`, async t => {
    const { stages, asText, slots } = phrasesOf(line, true)
    const phrases = [...Object.values(stages).flat(), ...asText, ...ANYWHERE]
    for (const step of answers) if ('say' in step && typeof step.say === 'string') t.ok(phrases.some(phrase => hear(step.say as string, phrase, slots) !== null), step.say)
    t.match(answers.at(-1), { hangUp: true })
  })
}

t.test('every number of the demo records answers in some way that is scripted', async t => {
  for (const ids of DEMO_CALLEES.values()) for (const id of ids) t.ok(callees.some(callee => callee.id === id), id)
})
