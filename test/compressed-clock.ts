import type { Client } from 'pg'

/** From `realMs` on, the clock of the ledger shows `ledgerMs` and runs `speed` times as fast. */
interface Setting { readonly realMs: number, readonly ledgerMs: number, readonly speed: number }

/** A commit is seen a moment after the instant that it is about. */
const COMMIT_MS = 50

/** The database's clock in a test: faster than ours, and set at will. Only through `dialling.clock_offset`, as a demonstration sets it. */
export class CompressedClock {
  readonly #db: Client
  readonly #settings: Setting[] = []
  #turning: Promise<unknown> = Promise.resolve()

  private constructor (db: Client) { this.#db = db }

  static async start (db: Client, ledger: Date, speed: number): Promise<CompressedClock> {
    const clock = new CompressedClock(db)
    await db.query('create table dialling.test_clock (real_at timestamptz, ledger_at timestamptz, speed float); insert into dialling.test_clock default values')
    await clock.#set(ledger.getTime(), speed)
    await db.query(`create or replace function dialling.clock_offset() returns interval language sql volatile as
      $$ select ledger_at + (clock_timestamp() - real_at) * speed - clock_timestamp() from dialling.test_clock $$`)
    return clock
  }

  /** Forward, or back. */
  async jump (ms: number): Promise<void> { await this.#turn(() => this.#set(this.now.getTime() + ms, this.#last.speed)) }

  /** Never back. */
  async advanceTo (ledger: Date): Promise<void> { await this.#turn(() => this.#set(Math.max(ledger.getTime(), this.now.getTime()), this.#last.speed)) }

  async run (speed: number): Promise<void> { await this.#turn(() => this.#set(this.now.getTime(), speed)) }

  get now (): Date { return new Date(ledgerAt(this.#last, Date.now())) }

  /** The least and the most that a ledger may have read from one instant to another. */
  shown (from: Date, until: Date): readonly [earliest: Date, latest: Date] {
    const pieces = this.pieces(from, until).flat()
    return [new Date(Math.min(...pieces)), new Date(Math.max(...pieces))]
  }

  /** What a ledger may have read from one instant to another: between two jumps, from the one value to the other, in ms since 1970. */
  pieces (from: Date, until: Date): Array<readonly [from: number, until: number]> {
    return this.#settings.flatMap((setting, n) => {
      const begins = Math.max(from.getTime(), setting.realMs)
      const ends = Math.min(until.getTime(), (this.#settings[n + 1]?.realMs ?? Infinity) + COMMIT_MS)
      return begins <= ends ? [[ledgerAt(setting, begins), ledgerAt(setting, ends)] as const] : []
    })
  }

  get #last (): Setting { return this.#settings.at(-1)! }

  /** One after another: each begins at what the one before has set. */
  async #turn (turn: () => Promise<void>): Promise<void> {
    const turned = this.#turning.then(turn)
    this.#turning = turned.catch(() => {})
    await turned
  }

  async #set (ledgerMs: number, speed: number): Promise<void> {
    const { rows: [{ real }] } = await this.#db.query('update dialling.test_clock set real_at = clock_timestamp(), ledger_at = $1, speed = $2 returning real_at as real', [new Date(ledgerMs), speed])
    this.#settings.push({ realMs: (real as Date).getTime(), ledgerMs, speed })
  }
}

const ledgerAt = ({ realMs, ledgerMs, speed }: Setting, realAtMs: number): number => ledgerMs + (realAtMs - realMs) * speed
