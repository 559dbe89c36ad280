import type { Client } from 'pg'

/** From `realMs` on, the clock of the ledger shows `ledgerMs` and runs `speed` times as fast. */
interface Setting { readonly realMs: number, readonly ledgerMs: number, readonly speed: number }

/** The database's clock in a test: faster than ours, and set at will. Only through `dialling.clock_offset`, as a demonstration sets it. */
export class CompressedClock {
  readonly #db: Client
  readonly #settings: Setting[] = []

  constructor (db: Client) { this.#db = db }

  async set (ledger: Date, speed: number): Promise<void> {
    await this.#db.query('create table if not exists dialling.test_clock (real_at timestamptz, ledger_at timestamptz, speed float)')
    await this.#db.query('begin; delete from dialling.test_clock')
    const { rows: [{ real }] } = await this.#db.query('insert into dialling.test_clock values (clock_timestamp(), $1, $2) returning real_at as real', [ledger, speed])
    await this.#db.query(`create or replace function dialling.clock_offset() returns interval language sql volatile as
      $$ select ledger_at + (clock_timestamp() - real_at) * speed - clock_timestamp() from dialling.test_clock $$; commit`)
    this.#settings.push({ realMs: (real as Date).getTime(), ledgerMs: ledger.getTime(), speed })
  }

  /** What the ledger's clock showed. At the instant at which it was set anew, either may have been read. */
  at (real: Date): Date {
    const { realMs, ledgerMs, speed } = this.#settings.findLast(setting => setting.realMs <= real.getTime()) ?? this.#settings[0]!
    return new Date(ledgerMs + (real.getTime() - realMs) * speed)
  }

  get now (): Date { return this.at(new Date()) }
}
