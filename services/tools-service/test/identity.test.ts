import t from 'tap'
import { AMINA, answersOf, build, NOON, type ToolReply } from './helper.ts'

const house = await build(t)
const replica = await build(t, { replicaOf: house })
const { tool, db, clock } = house
let calls = 0
const newCall = (): { callId: string } => ({ callId: `HD_${calls++}` })

t.beforeEach(async () => {
  clock.now = NOON
  await db.query('truncate business.verification_attempts')
})

const verdict = ({ body }: ToolReply): unknown => body.output
const WRONG = { nationalIdLast4: '0000', birthYear: 1990 }

t.test('three tries a call: the fourth is not looked at, right as it may be', async (t) => {
  const call = newCall()
  for (const triesLeft of [2, 1, 0]) t.strictSame(verdict(await tool('verifyIdentity', WRONG, call)), { verified: false, triesLeft })
  t.strictSame(verdict(await tool('verifyIdentity', answersOf.amina, call)), { verified: false, triesLeft: 0 })
  t.equal((await tool('getAccount', {}, call)).body.error?.code, 'VERIFICATION_REQUIRED')
})

t.test('five failures in 24 hours lock an account for every call and replica, and nobody can tell', async (t) => {
  for (let failures = 0; failures < 5; failures++) await (failures % 2 === 0 ? tool : replica.tool)('verifyIdentity', WRONG, newCall())
  t.strictSame(verdict(await tool('verifyIdentity', answersOf.amina, newCall())), { verified: false, triesLeft: 2 })
  t.strictSame(verdict(await tool('verifyIdentity', { ...answersOf.amina, accountId: 'LN-1001' }, { ...newCall(), caller: null })), { verified: false, triesLeft: 2 })
  clock.now = new Date(NOON.getTime() + 24 * 3600 * 1000)
  t.strictSame(verdict(await tool('verifyIdentity', answersOf.amina, newCall())), { verified: true, triesLeft: 2 })
})

t.test('a borrower who proves who they are in every call is never locked out', async (t) => {
  for (let times = 0; times < 7; times++) t.match(verdict(await tool('verifyIdentity', answersOf.amina, newCall())), { verified: true })
})

t.test('of a thousand guesses at once, through many calls and two replicas, five are looked at', async (t) => {
  const guesses = Array.from({ length: 1_000 }, (_, guess) => (guess % 2 === 0 ? tool : replica.tool)('verifyIdentity', { nationalIdLast4: String(guess).padStart(4, '0'), birthYear: 1990 }, { callId: `HD_guess_${guess % 400}` }))
  const replies = await Promise.all(guesses)
  t.notOk(replies.some(({ body }) => body.output?.verified === true))
  t.ok(replies.every(({ body }) => body.output?.verified === false || body.error?.code === 'TEMPORARILY_UNAVAILABLE'))
  const { rows: [counted] } = await db.query("select count(*) filter (where outcome = 'failed')::int as failed, max(n)::int as of_a_call from (select outcome, count(*) over (partition by call_id) as n from business.verification_attempts) a")
  t.equal(counted.failed, 5)
  t.ok(counted.of_a_call <= 3)
})

t.test('of a hundred guesses at once in one call, three are looked at', async (t) => {
  const call = newCall()
  const replies = await Promise.all(Array.from({ length: 100 }, (_, guess) => (guess % 2 === 0 ? tool : replica.tool)('verifyIdentity', WRONG, call)))
  t.strictSame(replies.map(({ body }) => body.output?.triesLeft).sort().slice(-4), [0, 0, 1, 2])
  t.equal((await db.query('select from business.verification_attempts')).rowCount, 3)
})

t.test('whatever is wrong, the answer is the same', async (t) => {
  const wrong = [
    [WRONG, AMINA],
    [{ nationalIdLast4: '4821', birthYear: 1991 }, AMINA],
    [answersOf.amina, '+254700000099'], // nobody's number
    [answersOf.amina, '+254722000002'], // another borrower's number
    [answersOf.amina, null],
    [{ ...answersOf.amina, accountId: 'LN-1002' }, AMINA],
    [{ ...answersOf.amina, accountId: 'LN-9999' }, AMINA],
    [{ ...answersOf.amina, accountId: '*' }, AMINA],
    [{ ...answersOf.amina, accountId: "' or ''='" }, AMINA]
  ] as const
  for (const [args, caller] of wrong) {
    const call = { ...newCall(), caller, id: 'f' }
    t.equal((await tool('verifyIdentity', args, call)).raw, '{"id":"f","output":{"verified":false,"triesLeft":2}}')
    t.equal((await tool('getAccount', {}, { ...call, id: 'g' })).raw, '{"id":"g","error":{"code":"VERIFICATION_REQUIRED","message":"The caller has to be identified first."}}')
  }
})

t.test('from a strange number or a withheld one, the account id says whose answers they are', async (t) => {
  for (const caller of ['+254700000099', null]) {
    const call = { ...newCall(), caller }
    t.match(verdict(await tool('verifyIdentity', { ...answersOf.brian, accountId: 'L N one double zero two' }, call)), { verified: true })
    t.equal((await tool('getAccount', {}, call)).body.output?.accountId, 'LN-1002')
  }
})

t.test('the proof holds for this call alone, and for ten minutes', async (t) => {
  const call = newCall()
  await tool('verifyIdentity', answersOf.amina, call)
  t.equal((await replica.tool('getAccount', {}, call)).body.output?.accountId, 'LN-1001')
  t.equal((await tool('getAccount', {}, newCall())).body.error?.code, 'VERIFICATION_REQUIRED')
  clock.now = new Date(NOON.getTime() + 10 * 60_000 - 1)
  t.equal((await tool('getAccount', {}, call)).body.output?.accountId, 'LN-1001')
  clock.now = new Date(NOON.getTime() + 10 * 60_000)
  t.equal((await tool('getAccount', {}, call)).body.error?.code, 'VERIFICATION_REQUIRED')
})

t.test('wrong answers after the right ones take nothing away', async (t) => {
  const call = newCall()
  await tool('verifyIdentity', answersOf.amina, call)
  t.match(verdict(await tool('verifyIdentity', WRONG, call)), { verified: false })
  t.equal((await tool('getAccount', {}, call)).body.output?.accountId, 'LN-1001')
})
