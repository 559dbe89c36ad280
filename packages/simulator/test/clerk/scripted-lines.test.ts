import { concatSamples } from '@karani/audio'
import { recognise, synthesize } from '@karani/speech'
import t from 'tap'
import { scenarios } from '../../src/callers/scenarios/index.ts'
import { CALLER_VOICE } from '../../src/callers/scenarios/scenario.ts'
import { phrasesOf } from '../../src/clerk/index.ts'
import { grammarOf } from '../../src/clerk/phrase.ts'

const plain = (text: string): string => text.toLowerCase().replace(/[.,?!]/g, '')

for (const { id, line, steps } of scenarios()) {
  t.test(`${line}, ${id}: the clerk understands every line of the scripted caller`, async (t) => {
    const { stages, slots } = phrasesOf(line)
    for (const text of steps.flatMap((step) => 'say' in step && typeof step.say === 'string' && step.asTones !== true ? step.say : [])) {
      const samples = concatSamples([new Int16Array(3_200), await synthesize(text, { voice: CALLER_VOICE }), new Int16Array(4_800)])
      const heard: string[] = []
      for (const phrases of Object.values(stages)) {
        const { text: found, confidence } = await recognise(samples, grammarOf(phrases, slots))
        if (confidence >= 0.84) heard.push(found)
      }
      t.ok(heard.includes(plain(text)), `${text}: ${heard.join(', ')}`)
    }
  })
}
