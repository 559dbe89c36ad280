import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import t from 'tap'
import { diallingHouse, eventually } from './dialling-house.ts'

const WORKER = fileURLToPath(new URL('fixture/worker.ts', import.meta.url))
const house = await diallingHouse(t)
const { db, carrier, behaviour, env, redisServer, databaseUrl, lead, attempts, age, dialsTo } = house
await house.campaign()
const gate = new pg.Client({ connectionString: databaseUrl })
await gate.connect()
t.teardown(() => gate.end())

/** A step of the worker that is held up: a row is written, or the carrier answers. */
interface CrashPoint {
  readonly title: string
  readonly held?: { readonly on: 'dial_attempts' | 'leads', readonly when: string }
  readonly fault?: { readonly does: 'slow', readonly ms: number }
  readonly dialsWhenKilled: number
  /** After the reconciler has been at it for two minutes. */
  readonly end: { readonly attempts: string[], readonly dials: number }
}

const crashPoints: CrashPoint[] = [
  { title: 'the reservation is not committed', held: { on: 'dial_attempts', when: "tg_op = 'INSERT'" }, dialsWhenKilled: 0, end: { attempts: ['posted'], dials: 1 } },
  { title: 'it is reserved, and the carrier may not be asked yet', held: { on: 'dial_attempts', when: "new.state = 'posting'" }, dialsWhenKilled: 0, end: { attempts: ['withdrawn', 'posted'], dials: 1 } },
  { title: 'the carrier is asked, and nobody is dialled yet', fault: { does: 'slow', ms: 700 }, dialsWhenKilled: 0, end: { attempts: ['posted'], dials: 1 } },
  { title: 'the carrier has answered, and that is not written', held: { on: 'dial_attempts', when: "new.state = 'posted'" }, dialsWhenKilled: 1, end: { attempts: ['posted'], dials: 1 } }
]

for (const [n, { title, held, fault, dialsWhenKilled, end }] of crashPoints.entries()) {
  t.test(`killed when ${title}: at most one call`, async (t) => {
    await house.redis.flushall()
    const leadId = await lead(n)
    let asked = false
    behaviour.dialFault = () => {
      asked = true
      return fault ?? null
    }
    if (held !== undefined) {
      await gate.query('select pg_advisory_lock(4242)')
      await db.query(`create or replace function dialling.gate () returns trigger language plpgsql as $$ begin if ${held.when} then perform pg_advisory_xact_lock(4242); end if; return new; end $$`)
      await db.query(`create trigger gate before insert or update on dialling.${held.on} for each row execute function dialling.gate()`)
    }
    const child = fork(WORKER, { execArgv: ['--conditions=@karani/source', '--import', 'tsx'], env: { PATH: process.env['PATH'], DATABASE_URL: databaseUrl, REDIS_URL: redisServer.url, LOG_LEVEL: 'silent', ...env } })
    t.teardown(() => child.kill('SIGKILL'))
    if (held !== undefined) await eventually(async () => (await db.query("select from pg_locks where locktype = 'advisory' and objid = 4242 and not granted")).rowCount === 1, 'the gate')
    else await eventually(() => asked, 'the request')
    child.kill('SIGKILL')
    await once(child, 'exit')
    t.equal(dialsTo(n), dialsWhenKilled)
    behaviour.dialFault = () => null
    if (held !== undefined) {
      await db.query("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = 4242 and not granted")
      await gate.query('select pg_advisory_unlock_all()')
      await db.query(`drop trigger gate on dialling.${held.on}`)
    }
    if (fault !== undefined) await eventually(() => dialsTo(n) === 1, 'the slow carrier')

    const app = await house.worker()
    await house.redis.flushall() // and the queue is lost
    for (const seconds of [11, 31, 61]) {
      await age(seconds)
      await app.reconciler.round()
    }
    const states = async () => (await attempts(leadId)).map(({ state }) => state === 'ended' ? 'posted' : state)
    await eventually(async () => (await states()).join() === end.attempts.join(), 'the end')
    t.strictSame(await states(), end.attempts)
    t.equal(dialsTo(n), end.dials)
    await app.close()
    for (const call of carrier.calls) call.finish('carrier', 'manager_request')
  })
}
