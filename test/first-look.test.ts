import { toneSpeech, recordedPhone, scriptBrain } from '@karani/simulator'
import t from 'tap'
import { afterOpening, loudSpans } from './hearing.ts'
import { tone } from '@karani/audio'
import { COURIER_LINE } from './lines.ts'
import { startWorld } from './world.ts'

const AMINA = '+254712345678'
const STRANGER = '+254798000000'
const brain = (): ReturnType<typeof scriptBrain> => scriptBrain({ speech: [{ say: toneSpeech({ hz: 1_000, ms: 300, text: 'Yes.' }), call: [{ id: 'end', name: 'endCall', args: {} }] }] })

/** The instructions that the model got for a call from this number to the courier. */
async function instructionsFor (world: Awaited<ReturnType<typeof startWorld>>, from: string, nth: number): Promise<string> {
  const call = await world.ring({ phone: recordedPhone(afterOpening(tone(440, 500, 16_000))), from, to: COURIER_LINE })
  const { setup } = await (await world.gemini.session(nth)).log.until('setup')
  await call.ended
  t.ok(loudSpans(call.recording.played)[0]!.fromMs < 500, 'the opening is heard at once')
  return JSON.stringify((setup as { systemInstruction: object }).systemInstruction)
}

t.test('the model knows of a parcel what the number that rings may know, and no more', async (t) => {
  const world = await startWorld(t, { brain: brain() })
  const known = await instructionsFor(world, AMINA, 1)
  t.match(known, /trackShipment returned for the number that rings: .+out for delivery.+in about 40 minutes/)
  t.notMatch(known, /Amina|Wanjiru|Westlands|TRK-427\b.*TRK-427/)
  t.match(await instructionsFor(world, STRANGER, 2), /trackShipment returned for the number that rings: .+found: false/)
})

t.test('without a tools-service the call begins as ever, and the model is told nothing', async (t) => {
  const world = await startWorld(t, { brain: brain(), services: ['webhook-api', 'media-gateway'] })
  t.notMatch(await instructionsFor(world, AMINA, 1), /number that rings/)
})
