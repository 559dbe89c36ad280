import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { tone, toneLevel } from '@karani/audio'
import { recordedPhone, scriptBrain, tonePhone, toneSpeech, type CarrierBehaviour, type SimulatedCall } from '@karani/simulator'
import pg from 'pg'
import t from 'tap'
import { afterOpening, eventually, loudSpans, settledRecord } from './hearing.ts'
import { LENDER_LINE } from './lines.ts'
import { startWorld } from './world.ts'

const [FIRST, SECOND] = ['+254711222333', '+254711222334']
const PROMISE = toneSpeech({ hz: 1_000, ms: 1_000 })

const folder = await mkdtemp(join(tmpdir(), 'karani-hand-off-'))
t.teardown(async () => await rm(folder, { recursive: true }))
const lines = JSON.parse(await readFile('config/lines.json', 'utf8')) as { lines: Array<{ number: string, handOff?: string[] }> }
lines.lines.find(({ number }) => number === LENDER_LINE)!.handOff = ['redirect']
await writeFile(join(folder, 'lines.json'), JSON.stringify(lines))
await symlink(resolve('config/clips'), join(folder, 'clips'))

const world = await startWorld(t, { env: { LINES_FILE: join(folder, 'lines.json') }, brain: scriptBrain({ speech: [{ call: [{ id: 'person', name: 'escalate', args: { reason: 'wants a person' } }], answered: { say: PROMISE } }] }) })
const database = new pg.Client({ connectionString: world.stack.settings['DATABASE_URL'] })
await database.connect()
t.teardown(async () => await database.end())

async function askForPerson (behaviour: Partial<CarrierBehaviour>): Promise<SimulatedCall> {
  return await world.ring({ phone: recordedPhone(afterOpening(tone(440, 500, 16_000))), behaviour })
}

const dialled = ({ log }: SimulatedCall): string[] => log.entries.flatMap(entry => entry.type === 'dialled' ? [entry.number] : [])
/** The longest time in which nothing was heard, from the end of the opening on. */
function longestSilenceMs ({ recording: { played } }: SimulatedCall): number {
  const spans = loudSpans(played)
  return Math.max(...spans.map(({ toMs }, n) => (spans[n + 1]?.fromMs ?? played.length / 16) - toMs))
}
/** Half a second of the tone that stands for it. */
function isPromised ({ recording: { played } }: SimulatedCall): boolean {
  for (let at = 0; at + 8_000 <= played.length; at += 1_600) if (toneLevel(played.subarray(at, at + 8_000), 1_000, 16_000) > 0.3) return true
  return false
}
const askedFor = async (callId: string): Promise<unknown> => (await database.query('select reason, phone from business.callbacks where call_id = $1', [callId])).rows

t.test('a carrier that moves calls brings the caller to the team', async (t) => {
  world.carrier.subscribe(FIRST, () => ({ does: 'busy', afterMs: 200 }))
  world.carrier.subscribe(SECOND, () => ({ does: 'answer', afterMs: 200, phone: tonePhone(700) }))
  const call = await askForPerson({ redirect: 'works' })
  await eventually('the person of the team', () => dialled(call).length === 2 && loudSpans(call.recording.played).at(-1)!.toMs * 16 > call.recording.played.length - 3_200 ? true : undefined, 20_000)
  t.strictSame(dialled(call), [FIRST, SECOND])
  call.hangUp()
  await call.ended
  t.match(await settledRecord(database, call.sessionId, row => row.ended_by !== null), { ended_by: 'handed-over' })
  t.strictSame(await askedFor(call.sessionId), [{ reason: 'wants a person', phone: '+254712345678' }])
})

t.test('nobody of the team is free: the caller is told so, and the promise to call back is stored', async (t) => {
  world.carrier.subscribe(FIRST, () => ({ does: 'busy', afterMs: 100 }))
  world.carrier.subscribe(SECOND, () => ({ does: 'busy', afterMs: 100 }))
  const call = await askForPerson({ redirect: 'works' })
  await call.ended
  t.match(await settledRecord(database, call.sessionId, row => row.ended_by !== null), { ended_by: 'handed-over' })
  t.match(await askedFor(call.sessionId), [{ reason: 'wants a person' }])
})

t.test('a carrier whose redirect shows no effect: the clerk goes on, with a promise to call back', async (t) => {
  await Promise.all((['no effect', 404, 500] as const).map(async redirect => {
    const call = await askForPerson({ redirect })
    await world.happened(call.sessionId, entry => entry.type === 'tool-answered' && entry.outcome === 'ok')
    await eventually('the promise', () => isPromised(call) ? true : undefined, 20_000)
    t.ok(longestSilenceMs(call) < 5_000, `${redirect}: silent for ${longestSilenceMs(call)} ms at most`)
    t.strictSame(dialled(call), [])
    call.hangUp()
    await call.ended
    t.match(await settledRecord(database, call.sessionId, row => row.ended_by !== null), { ended_by: 'caller' })
    t.match(await askedFor(call.sessionId), [{ reason: 'wants a person' }])
  }))
})

t.test('a caller who hangs up while being connected has hung up', async (t) => {
  const call = await askForPerson({ redirect: 'no effect' })
  await world.happened(call.sessionId, entry => entry.type === 'clip' && entry.clip === 'connecting')
  call.hangUp()
  await call.ended
  t.match(await settledRecord(database, call.sessionId, row => row.ended_by !== null), { ended_by: 'caller' })
  t.match(await askedFor(call.sessionId), [{ reason: 'wants a person' }])
})
