import { clerkBrain, scenarios, scriptBrain, scriptedPhone, silentPhone, toneSpeech, type CreateBrain } from '@karani/simulator'
import { synthesize } from '@karani/speech'
import pg from 'pg'
import t from 'tap'
import { LIES, type Lie } from '../packages/figures/test/spoken/lies.ts'
import { settledRecord } from './hearing.ts'
import { startWorld, type World } from './world.ts'

const TRUE = 'Your balance is two thousand shillings. Five hundred of it is due on Saturday.'
/** Lies told in one call; the gateway has that many taken back. */
const A_CALL = 5
const AT_ONCE = 10

interface Told extends Lie { atMs: number }

/** The lies name the day on which the payment is due on 21 November; here it is another one each day, so they name none. */
const undated = (said: string): string => said.replace('on Saturday 28 November', 'then').replace('by the 28th', 'later').replace('kufikia tarehe ishirini na nane', 'baadaye')

/** Looks the account up, says what is true of it, and then lies, a turn each. */
function liar (lies: readonly Told[]): CreateBrain {
  return async session => {
    const say = (text: string, begin: () => void): void => session.takeTurn(async turn => {
      begin()
      await turn.say(toneSpeech({ hz: 500, ms: 100, text }))
    })
    const looksUp = await scriptBrain({
      opening: { call: [{ id: 'verify', name: 'verifyIdentity', args: { nationalIdLast4: '4821', birthYear: 1990 } }], answered: { call: [{ id: 'account', name: 'getAccount', args: {} }] } }
    })(session)
    return {
      ...looksUp,
      onToolResponses: async (turn, responses) => {
        await looksUp.onToolResponses?.(turn, responses)
        if (!responses.some(({ id }) => id === 'account')) return
        say(TRUE, () => {})
        for (const lie of lies) say(lie.said, () => { lie.atMs = performance.now() })
      }
    }
  }
}

t.test('a model that lies in two hundred ways: each lie is reported within 2 s, the call is marked, and the model is told to take it back', async (t) => {
  const told: Told[] = LIES.map(lie => ({ ...lie, said: undated(lie.said), atMs: Infinity }))
  const calls = Array.from({ length: told.length / A_CALL }, (_, n) => told.slice(n * A_CALL, (n + 1) * A_CALL))
  const toBeTold = [...calls]
  const world = await startWorld(t, { brain: async session => await liar(toBeTold.shift() ?? [])(session) })
  const database = new pg.Client({ connectionString: world.stack.settings['DATABASE_URL'] })
  await database.connect()
  t.teardown(async () => await database.end())

  const delays: number[] = []
  for (let done = 0; done < calls.length; done += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, calls.length - done) }, async () => await reportedIn(world, database, told))
    for (const { delaysMs, marks } of await Promise.all(some)) {
      delays.push(...delaysMs)
      t.equal(marks, A_CALL, 'the record of the call has each lie, and nothing that is true')
    }
  }
  t.equal(delays.length, LIES.length)
  t.ok(Math.max(...delays) <= 2_000, `the slowest after ${Math.max(...delays).toFixed(0)} ms`)
  t.comment(`reported after ${(delays.reduce((sum, ms) => sum + ms) / delays.length).toFixed(0)} ms on average, ${Math.max(...delays).toFixed(0)} ms at most`)
  const corrections = world.gemini.sessions.map(({ log }) => log.all('text').filter(({ text }) => /^You said ".*"\. No tool returned/.test(text)).length)
  t.same(corrections, calls.map(() => A_CALL), 'every amount is to be taken back')
  t.match(await (await fetch(`${world.stack.services['media-gateway'].url}/metrics`)).text(), /karani_untrue_figures_total\{currency="true",correction="true"\} 200/)
})

/** How long after each lie of one call its entry was published, and how many entries its record has. */
async function reportedIn (world: World, database: pg.Client, told: readonly Told[]): Promise<{ delaysMs: number[], marks: number }> {
  const call = await world.ring({ phone: silentPhone() })
  const seen = new Set<string>()
  const delaysMs: number[] = []
  while (seen.size < A_CALL) {
    const entry = await world.happened(call.sessionId, entry => entry.type === 'untrue-figure' && !seen.has(entry.text))
    if (entry.type !== 'untrue-figure') continue
    seen.add(entry.text)
    const nowMs = performance.now()
    delaysMs.push(nowMs - Math.max(...told.filter(({ said, atMs }) => said.includes(entry.text) && atMs < nowMs).map(({ atMs }) => atMs)))
  }
  call.hangUp()
  const record = await settledRecord(database, call.sessionId, row => row.status === 'completed' && row.ended_by !== null)
  return { delaysMs, marks: JSON.stringify(record).split('untrue-figure').length - 1 }
}

t.test('a clerk that is made to guess takes the figure back aloud', async (t) => {
  const world = await startWorld(t, { brain: clerkBrain })
  const { from, steps } = scenarios().find(({ line, id }) => line === 'lender' && id === 'liar')!
  const call = await world.ring({ from, phone: await scriptedPhone(steps, async text => await synthesize(text, { voice: 'rms' })) })
  await world.happened(call.sessionId, entry => entry.type === 'untrue-figure' && entry.correction && entry.text === 'KES 5,000')
  await world.happened(call.sessionId, entry => entry.type === 'clerk-said' && /I said KES 5,000, and that was wrong/.test(entry.text))
  await world.happened(call.sessionId, entry => entry.type === 'closed')
})
