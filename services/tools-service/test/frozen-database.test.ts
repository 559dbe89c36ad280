import { execFileSync } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import t from 'tap'
import type { AgentId } from '@karani/agents'
import { answersOf, build, type ToolReply } from './helper.ts'

const { tool, db, app } = await build(t)
const UNAVAILABLE = { status: 503, body: { error: { code: 'TEMPORARILY_UNAVAILABLE', message: 'This is not available right now. Try once more in a moment.' } } }

/** All of PostgreSQL stands still during `work`: connections stay open, new ones get no greeting, nothing answers. */
async function frozen<T> (work: () => Promise<T>): Promise<T> {
  const { rows } = await db.query("select pid from pg_stat_activity where backend_type = 'client backend'")
  const backends: number[] = rows.map(({ pid }) => pid)
  const postmaster = Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(backends[0])]))
  const pids = [postmaster, ...backends]
  for (const pid of pids) process.kill(pid, 'SIGSTOP')
  try {
    return await work()
  } finally {
    for (const pid of pids) process.kill(pid, 'SIGCONT')
  }
}

async function inTime (replies: Array<Promise<ToolReply>>): Promise<{ replies: ToolReply[], ms: number }> {
  const askedAt = performance.now()
  return { replies: await Promise.all(replies), ms: performance.now() - askedAt }
}

/** Until it has come back to itself: connections that were cut are still being replaced. */
async function back (): Promise<void> {
  while ((await app.inject('/readyz')).statusCode !== 200) await wait(20)
}

/** What a confirmed promise writes. */
const written = async (callId: string): Promise<object> => (await db.query(`select
  (select count(*)::int from business.promises where call_id = $1) as promises,
  (select count(*)::int from dialling.stops where call_id = $1 and reason = 'promise') as stops`, [callId])).rows[0]
const NOTHING = { promises: 0, stops: 0 }
const ALL = { promises: 1, stops: 1 }

t.test('a database that stands still in mid-call: each tool says so within 3 s, and all work again when it goes on', async (t) => {
  const asked: ReadonlyArray<readonly [agent: AgentId, tool: string, args: object]> = [
    ['lender', 'getAccount', {}], ['lender', 'verifyIdentity', answersOf.amina], ['lender', 'recordPromiseToPay', { amount: 500, payBy: 'kesho' }], ['lender', 'optOut', {}],
    ['courier', 'trackShipment', {}], ['courier', 'confirmAddress', { trackingId: 'TRK-427', recipientName: 'Amina Wanjiru' }], ['courier', 'reschedule', { trackingId: 'TRK-427', newDate: 'Tuesday' }],
    ['restaurant', 'getMenu', {}], ['restaurant', 'addItem', { name: 'soda' }], ['support', 'answerQuestion', { question: 'Where are you?' }], ['support', 'escalate', { reason: 'asked' }]
  ]
  await tool('verifyIdentity', answersOf.amina, { callId: 'HD_lender' })
  const ask = (): Array<Promise<ToolReply>> => asked.map(([agent, name, args]) => tool(name, args, { agent, callId: `HD_${agent}` }))
  const { replies, ms } = await frozen(async () => await inTime(ask()))
  for (const [n, { status, body }] of replies.entries()) t.match({ status, body }, UNAVAILABLE, asked[n]![1])
  t.ok(ms < 3_000, `${ms.toFixed(0)} ms`)
  await back()
  for (const [n, { status }] of (await inTime(ask())).replies.entries()) t.equal(status, 200, asked[n]![1])
})

/** Where in its transaction the confirmation is when the database stops: held there by a lock of ours. */
const MOMENTS = [
  ['before it begins', null],
  ['before its promise is written', 'begin; lock table business.promises in access exclusive mode'],
  ['before its stop is written', 'begin; lock table dialling.stops in access exclusive mode'],
  ['in its commit', 'begin; select pg_advisory_xact_lock(23)']
] as const

for (const [n, [title, lock]] of MOMENTS.entries()) {
  t.test(`a confirmation that is caught ${title} is written wholly or not at all, and once when it is said again`, async (t) => {
    const callId = `HD_caught_${n}`
    await db.query('truncate business.verification_attempts')
    await tool('verifyIdentity', answersOf.amina, { callId })
    const { body: { output } } = await tool('recordPromiseToPay', { amount: 500, payBy: 'kesho' }, { callId, callerTurn: 1 })
    const confirm = async (): Promise<ToolReply> => await tool('recordPromiseToPay', { amount: 500, payBy: 'kesho', confirm: output!.proposalId }, { callId, callerTurn: 2, id: `yes-${n}` })
    if (title === 'in its commit') {
      await db.query(`create function business.hold () returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock(23); return null; end $$;
        create constraint trigger hold after insert on business.promises deferrable initially deferred for each row execute function business.hold()`)
    }
    if (lock !== null) await db.query(lock)
    const askedAt = performance.now()
    const early = lock === null ? null : confirm()
    if (early !== null) while ((await db.query("select from pg_stat_activity where wait_event_type = 'Lock'")).rowCount === 0) await wait(5)
    const { status, body } = await frozen(async () => await (early ?? confirm()))
    t.match({ status, body }, UNAVAILABLE)
    t.ok(performance.now() - askedAt < 3_000)
    if (lock !== null) await db.query('rollback')
    await back()
    // What the frozen server still holds of it ends by itself: until then a repetition is asked to wait.
    let again = await confirm()
    while (again.status === 503) again = await confirm()
    t.match(again.body.output, { recorded: true, amountKes: 500 })
    t.strictSame(await written(callId), ALL)
    t.strictSame((await confirm()).body, again.body)
    t.strictSame(await written(callId), ALL)
  })
}

t.test('a yes that never got through, and that nobody repeats, is not written', async (t) => {
  const callId = 'HD_unrepeated'
  await db.query('truncate business.verification_attempts; drop trigger hold on business.promises')
  await tool('verifyIdentity', answersOf.amina, { callId })
  const { body: { output } } = await tool('recordPromiseToPay', { amount: 500, payBy: 'kesho' }, { callId, callerTurn: 1 })
  await frozen(async () => await tool('recordPromiseToPay', { amount: 500, payBy: 'kesho', confirm: output!.proposalId }, { callId, callerTurn: 2 }))
  await back()
  while ((await db.query("select from pg_stat_activity where state <> 'idle' and pid <> pg_backend_pid() and backend_type = 'client backend'")).rowCount !== 0) await wait(10)
  t.strictSame(await written(callId), NOTHING)
})
