import { randomBytes } from 'node:crypto'
import type { Database } from '../database.ts'
import { callTimes } from '../schema/campaigns.ts'
import { lockPerson } from './person-lock.ts'

/** When somebody wants to be called (`callback`), or does not (`not-then`). */
export interface CallTime {
  /** E.164. */
  readonly phone: string
  readonly kind: 'callback' | 'not-then'
  readonly startsAt: Date
  readonly endsAt: Date
  readonly callId: string
  readonly at: Date
}

/** What people have said of when they want to be called. */
export class CallTimes {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /** A call has one of each kind; said again, the newer stands. Whoever is about to dial has begun, or finds it. */
  async ask ({ at, ...time }: CallTime): Promise<void> {
    await lockPerson(this.#db, { phone: time.phone, subject: null })
    const { phone, startsAt, endsAt } = time
    await this.#db.insert(callTimes).values({ ...time, callTimeId: `call-time-${randomBytes(8).toString('hex')}`, askedAt: at })
      .onConflictDoUpdate({ target: [callTimes.callId, callTimes.kind], set: { phone, startsAt, endsAt, askedAt: at } })
  }
}
