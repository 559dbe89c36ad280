import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import pg from 'pg'
import { startRedis, type RedisServer } from '@karani/local-stack'
import type { Records } from '@karani/records'
import { closingAfter } from './chaos-judge.ts'
import type { ChaosPlan, OptOutRace } from './chaos-plan.ts'
import type { CompressedClock } from './compressed-clock.ts'
import type { DialWorkers } from './fixture/dial-workers.ts'

/** A wait that ends at once when trouble does. @returns whether there is still trouble */
const pause = async (ms: number, over: AbortSignal): Promise<boolean> => await wait(ms, !over.aborted, { signal: over }).catch(() => false)

/** A Redis that is flushed, frozen, and killed and started anew, with nothing in it. It is whole again at the end. */
export class TroubledRedis {
  readonly counts = { flush: 0, freeze: 0, kill: 0 }
  #server: RedisServer

  constructor (server: RedisServer) { this.#server = server }

  async trouble (plan: ChaosPlan, over: AbortSignal): Promise<void> {
    for (const trouble of plan.redisTroubles()) {
      if (!await pause(trouble.afterMs, over)) return
      this.counts[trouble.does]++
      if (trouble.does === 'flush') await this.#flush()
      else if (trouble.does === 'freeze') {
        this.#server.freeze()
        await pause(trouble.forMs, over)
        this.#server.thaw()
      } else {
        await this.#server.kill()
        await pause(trouble.forMs, over)
        this.#server = await startRedis({ port: this.#server.port })
      }
    }
  }

  async stop (): Promise<void> { await this.#server.stop() }

  async #flush (): Promise<void> {
    const connection = new Redis(this.#server.url)
    await connection.flushall()
    connection.disconnect()
  }
}

/** At any instant from their first job on. */
export async function troubleWorkers (workers: DialWorkers, plan: ChaosPlan, over: AbortSignal): Promise<void> {
  for (const { afterMs, place } of plan.kills(workers.count)) {
    if (!await pause(afterMs, over)) return
    workers.kill(place)
  }
}

export async function troubleClock (clock: CompressedClock, plan: ChaosPlan, over: AbortSignal): Promise<number> {
  let jumps = 0
  for (const { afterMs, does, ms } of plan.clockJumps()) {
    if (!await pause(afterMs, over)) return jumps
    jumps++
    if (does === 'to closing') await clock.advanceTo(new Date(closingAfter(clock.now).getTime() - ms))
    else await clock.jump(does === 'forward' ? ms : -ms)
  }
  return jumps
}

/** People who opt out, and since when that was in force for sure: it was committed. */
export class OptOuts {
  readonly since = new Map<string, Date>()
  /** How many did while they were being dialled. */
  races = 0
  readonly #records: Records

  constructor (records: Records) { this.#records = records }

  async optOut (phone: string): Promise<void> {
    if (this.since.has(phone)) return
    await this.#records.write(async ({ stops }) => await stops.record({ phone, accountId: null, reason: 'opt-out' }, 'api', new Date()))
    this.since.set(phone, new Date())
  }

  /** Anybody, at any time. */
  async atRandom (phones: readonly string[], plan: ChaosPlan, over: AbortSignal): Promise<void> {
    for (const { afterMs, share } of plan.optOuts()) {
      if (!await pause(afterMs, over)) return
      await this.optOut(phones[Math.floor(share * phones.length)]!)
    }
  }

  /**
   * Those of `races` as soon as the database says that their lead has entered the state. Until the connection ends. The database also notes
   * in dialling.test_stopped for whom the carrier was to be asked though the opt-out was there: a dial that follows at once is in time by the clock.
   */
  async racing (db: pg.Client, races: ReadonlyArray<OptOutRace & { readonly phone: string }>): Promise<void> {
    const race = new Map(races.map(race => [race.phone, race]))
    await db.query('create table dialling.test_races (phone text, state text, primary key (phone, state))')
    await db.query('insert into dialling.test_races select * from unnest($1::text[], $2::text[])', [races.map(({ phone }) => phone), races.map(({ state }) => state)])
    await db.query('create table dialling.test_stopped (attempt_id text)')
    await db.query(`create function dialling.test_race () returns trigger language plpgsql as $$ begin
      if exists (select from dialling.test_races where phone = new.phone and state = new.state) then perform pg_notify('races', new.phone); end if;
      if new.state = 'posting' then insert into dialling.test_stopped select new.attempt_id where exists (select from dialling.stops where phone = new.phone); end if;
      return null; end $$`)
    await db.query('create trigger test_race after insert or update of state on dialling.dial_attempts for each row execute function dialling.test_race()')
    await db.query('listen races')
    db.on('notification', ({ payload }) => {
      const { phone, afterMs } = race.get(payload!)!
      if (this.since.has(phone)) return
      this.races++
      setTimeout(() => { void this.optOut(phone) }, afterMs)
    })
  }
}
