import { concatSamples } from '@karani/audio'
import { recognise, synthesize } from '@karani/speech'
import t from 'tap'
import { mumble } from '../../src/callers/mumble.ts'
import { callees, scenarios } from '../../src/callers/scenarios/index.ts'
import { CALLER_VOICE } from '../../src/callers/scenarios/scenario.ts'
import { phrasesOf, type Trade } from '../../src/clerk/index.ts'
import { grammarOf } from '../../src/clerk/phrase.ts'

const SURE = 0.84

const plain = (text: string): string => text.toLowerCase().replace(/[.,?!]/g, '')
const spoken = (speech: Int16Array): Int16Array => concatSamples([new Int16Array(3_200), speech, new Int16Array(4_800)])

/** What the clerk of a line is sure to hear in each stage of a conversation, up to the one in which it is what was said. */
async function heardBy (line: Trade, text: string, calling = false): Promise<string[]> {
  const { stages, slots } = phrasesOf(line, calling)
  const samples = spoken(await synthesize(text, { voice: CALLER_VOICE }))
  const heard: string[] = []
  for (const phrases of Object.values(stages)) {
    const { text: found, confidence } = await recognise(samples, grammarOf(phrases, slots))
    if (confidence >= SURE) heard.push(found)
    if (heard.includes(plain(text))) break
  }
  return heard
}

/** Most callers say yes, and goodbye: once is enough. */
const understood = new Set<string>()

for (const { id, line, steps } of scenarios()) {
  t.test(`${line}, ${id}: the clerk understands every line of the scripted caller`, async (t) => {
    for (const step of steps) {
      if (!('say' in step) || typeof step.say !== 'string' || step.asTones === true || step.mumbled === true) continue
      const { say } = step
      if (understood.has(`${line} ${say}`)) continue
      understood.add(`${line} ${say}`)
      const heard = await heardBy(line, say)
      t.ok(heard.includes(plain(say)), `${say}: ${heard.join(', ')}`)
    }
  })
}

for (const { id, line, answers } of callees) {
  if (typeof answers === 'string' || id === 'voicemail') continue
  t.test(`${line}, ${id}: a clerk who called understands every line of who was called`, async (t) => {
    for (const step of answers) {
      if (!('say' in step) || typeof step.say !== 'string' || step.asTones === true || understood.has(`calling ${line} ${step.say}`)) continue
      understood.add(`calling ${line} ${step.say}`)
      const heard = await heardBy(line, step.say, true)
      t.ok(heard.includes(plain(step.say)), `${step.say}: ${heard.join(', ')}`)
    }
  })
}

t.test('what a scripted caller mumbles is understood in no other way either', async (t) => {
  for (const { id, line, steps } of scenarios()) {
    const { stages, slots } = phrasesOf(line)
    for (const step of steps) {
      if (!('say' in step) || typeof step.say !== 'string' || step.mumbled !== true) continue
      const samples = spoken(mumble(await synthesize(step.say, { voice: CALLER_VOICE })))
      const { text, confidence } = await recognise(samples, grammarOf(stages['open']!, slots))
      t.ok(confidence < SURE, `${line}, ${id}: ${text} ${confidence}`)
    }
  }
})
