import t from 'tap'
import { decide, DENY_REASONS } from '../src/index.ts'
import { oracle } from './oracle.ts'
import { RandomQuestions } from './random-questions.ts'

/** `DIAL_CASES=100000` asks them all, which takes some minutes; `DIAL_SEED` asks others. */
const CASES = Number(process.env.DIAL_CASES ?? 1_000)
const SEED = Number(process.env.DIAL_SEED ?? 20_261_121)
const MOST_SHOWN = 5
/** A server may be anywhere: each has a share of the cases. */
const SERVERS = ['UTC', 'Africa/Nairobi', 'America/New_York', 'Pacific/Kiritimati']

const ownZone = process.env.TZ
t.teardown(() => { if (ownZone === undefined) delete process.env.TZ; else process.env.TZ = ownZone })

t.test('a slow oracle that looks at one minute after another agrees on verdict, reason and when again', { timeout: 3_600_000 }, async (t) => {
  const questions = new RandomQuestions(SEED)
  const seen = new Map<string, number>()
  let different = 0
  for (let index = 0; index < CASES && different < MOST_SHOWN; index++) {
    process.env.TZ = SERVERS[Math.floor(index * SERVERS.length / CASES)]
    const { question, at } = questions.next()
    const { policyVersion, ...decision } = decide(question, at)
    const expected = oracle(question, at)
    const stored = decide(JSON.parse(JSON.stringify(question)) as typeof question, new Date(at.toISOString()))
    const key = 'reason' in decision ? decision.reason : decision.verdict
    seen.set(key, (seen.get(key) ?? 0) + 1)
    if (JSON.stringify(stored) !== JSON.stringify({ policyVersion, ...decision })) t.fail(`case ${index}: a stored question has another answer`)
    if (JSON.stringify(decision) === JSON.stringify(expected)) continue
    different++
    t.same(decision, expected, `case ${index}, at ${at.toISOString()}: ${JSON.stringify(question)}`)
  }
  t.equal(different, 0, `${CASES} cases of seed ${SEED}`)
  t.comment(JSON.stringify(Object.fromEntries([...seen].sort(([, a], [, b]) => b - a))))
  if (CASES >= 1_000) for (const outcome of ['call-now', ...DENY_REASONS]) t.ok(seen.has(outcome), `${outcome} was among them`)
})
