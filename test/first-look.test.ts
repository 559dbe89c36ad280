import { tone } from '@karani/audio'
import { recordedPhone, scriptBrain, toneSpeech } from '@karani/simulator'
import t from 'tap'
import { afterOpening, loudSpans } from './hearing.ts'
import { COURIER_LINE } from './lines.ts'
import { startWorld, type World } from './world.ts'

const AMINA = '+254712345678'
const STRANGER = '+254798000000'
const brain = (): ReturnType<typeof scriptBrain> => scriptBrain({ speech: [{ say: toneSpeech({ hz: 1_000, ms: 300, text: 'Yes.' }), call: [{ id: 'end', name: 'endCall', args: {} }] }] })

/** The instructions that the model got for a call from this number to the courier. */
async function instructionsFor (world: World, from: string, nth: number): Promise<string> {
  const call = await world.ring({ phone: recordedPhone(afterOpening(tone(440, 500, 16_000))), from, to: COURIER_LINE })
  const { setup } = await (await world.gemini.session(nth)).log.until('setup')
  await call.ended
  t.ok(loudSpans(call.recording.played)[0]!.fromMs < 2_000, 'the opening is heard at once')
  return JSON.stringify((setup as { systemInstruction: object }).systemInstruction)
}

/** The first look of a busy machine may come too late: then the call begins without, and another is placed. */
async function knowingInstructions (world: World, from: string): Promise<string> {
  for (let calls = 1; calls <= 6; calls++) {
    const instructions = await instructionsFor(world, from, world.gemini.sessions.length + 1)
    if (instructions.includes('number that rings')) return instructions
  }
  throw new Error('the first look never came in time')
}

t.test('the model knows of a parcel what the number that rings may know, and no more', async (t) => {
  const world = await startWorld(t, { brain: brain() })
  const known = await knowingInstructions(world, AMINA)
  t.match(known, /trackShipment returned for the number that rings: .+out for delivery.+in about 40 minutes/)
  t.notMatch(known, /Amina|Wanjiru|Westlands/)
  t.match(await knowingInstructions(world, STRANGER), /trackShipment returned for the number that rings: .+found: false/)
})

t.test('without a tools-service the call begins as ever, and the model is told nothing', async (t) => {
  const world = await startWorld(t, { brain: brain(), services: ['webhook-api', 'media-gateway'] })
  t.notMatch(await instructionsFor(world, AMINA, 1), /number that rings/)
})
