import t, { type Test } from 'tap'
import { DARAJA_MODES, darajaModes, ManualClock, startDaraja, type DarajaMode, type SimulatedDaraja } from '@karani/simulator'
import { Daraja, readStkCallback, type StkPush } from '../src/index.ts'

const PUSH: StkPush = { amountKes: 500, phone: '+254712345678', accountReference: 'TC-1042', description: 'Loan', callbackUrl: 'http://127.0.0.1:1/' }
const TWO_MINUTES = 120_000
/** Enough for the token before it, on a busy machine. */
const SILENCE_MS = 1_500

interface Room { readonly clock: ManualClock, readonly peer: SimulatedDaraja, readonly daraja: Daraja }

async function start (t: Test, mode?: DarajaMode): Promise<Room> {
  const clock = new ManualClock(new Date('2026-11-21T11:00:00Z'))
  const peer = await startDaraja({ clock, ...(mode !== undefined && { behaviour: darajaModes[mode] }) })
  t.teardown(() => peer.close())
  return { clock, peer, daraja: new Daraja({ baseUrl: peer.url, ...peer.merchant, timeoutMs: mode === 'accepted-then-silent' ? SILENCE_MS : 20_000, now: () => clock.now() }) }
}

/** How a push comes out, while the clock goes on until everything has happened. */
async function pushed ({ clock, peer, daraja }: Room): Promise<string> {
  const outcome = daraja.push(PUSH).then(() => 'accepted', (err: { code: string }) => err.code)
  while (peer.requests.length < 2 && await Promise.race([outcome, undefined]) === undefined) await new Promise(resolve => setImmediate(resolve))
  await clock.advance(TWO_MINUTES)
  return await outcome
}

/** What each mode comes to: how the push is answered, what a query says two minutes later, and what callbacks say. */
const table: Record<DarajaMode, [push: string, query: string, callbacks: string[]]> = {
  paid: ['accepted', 'paid', ['paid 500']],
  late: ['accepted', 'paid', ['paid 500']],
  missing: ['accepted', 'paid', []],
  duplicated: ['accepted', 'paid', ['paid 500', 'paid 500', 'paid 500']],
  'before-the-answer': ['accepted', 'paid', ['paid 500']],
  forged: ['accepted', 'unreachable', ['paid 500', 'paid 500', 'paid 500', 'unreachable']],
  'wrong-amount': ['accepted', 'paid', ['paid 1']],
  'insufficient-funds': ['accepted', 'insufficient-funds', ['insufficient-funds']],
  'wrong-pin': ['accepted', 'wrong-pin', ['wrong-pin']],
  cancelled: ['accepted', 'cancelled', ['cancelled']],
  unreachable: ['accepted', 'unreachable', ['unreachable']],
  expired: ['accepted', 'expired', ['expired']],
  'never-answers': ['accepted', 'unreachable', ['unreachable']],
  'accepted-then-silent': ['DARAJA_UNANSWERED', 'paid', ['paid 500']],
  'accepted-then-cut': ['DARAJA_UNANSWERED', 'paid', ['paid 500']],
  'accepted-then-500': ['DARAJA_UNANSWERED', 'paid', ['paid 500']],
  'too-many': ['DARAJA_REFUSED', 'no push', []],
  'spike-arrest': ['DARAJA_REFUSED', 'no push', []],
  unavailable: ['DARAJA_REFUSED', 'no push', []],
  'query-unavailable': ['accepted', 'DARAJA_UNANSWERED', []],
  'token-expired': ['accepted', 'paid', ['paid 500']],
  slow: ['accepted', 'paid', ['paid 500']]
}

for (const mode of DARAJA_MODES) {
  const [push, query, callbacks] = table[mode]
  t.test(`${mode}: the push is ${push}, the query comes to ${query}`, async (t) => {
    const room = await start(t, mode)
    const { peer, daraja } = room
    t.equal(await pushed(room), push)
    t.equal(peer.pushes.length, query === 'no push' ? 0 : 1, 'no phone asks twice')
    const [prompt] = peer.pushes
    if (prompt !== undefined) {
      const asked = await daraja.query(prompt.checkoutRequestId).then(outcome => outcome.state === 'failed' ? outcome.reason : outcome.state, (err: { code: string }) => err.code)
      t.equal(asked, query)
    }
    t.strictSame(peer.deliveries.map(({ body }) => readStkCallback(body)).map(({ outcome, amountKes }) => outcome.state === 'paid' ? `paid ${amountKes}` : outcome.reason), callbacks)
  })
}

t.test('while the phone asks, a query is pending, however Daraja says it', async (t) => {
  const { peer, daraja } = await start(t)
  const { checkoutRequestId } = await daraja.push(PUSH)
  for (const pendingAs of ['error 500.001.1001', 'result 4999'] as const) {
    peer.behave({ pendingAs })
    t.strictSame(await daraja.query(checkoutRequestId), { state: 'pending' })
  }
})

t.test('tokens that are revoked are renewed, and what was asked is asked once', async (t) => {
  const { clock, peer, daraja } = await start(t)
  for (let times = 1; times <= 3; times++) {
    await daraja.push(PUSH)
    await clock.advance(TWO_MINUTES)
    peer.revokeTokens()
  }
  t.equal(peer.pushes.length, 3)
})
