import { sql } from 'drizzle-orm'
import type { Database } from '../database.ts'
import type { Consent } from './consents.ts'

/** A consent as a list has it; without `givenAt`, and then without a basis, the withdrawal of what was given before. Instants are ISO 8601. */
export interface ConsentRow extends Pick<Consent, 'phone' | 'subject' | 'purpose' | 'wording' | 'language' | 'channel' | 'evidence'> {
  /** Where it is in the file. */
  readonly line: number
  readonly basis: Consent['basis'] | null
  readonly givenAt: string | null
  readonly expiresAt: string | null
  readonly withdrawnAt: string | null
}

/** `differs`: the same consent is in `firstLine`, or where that is the line itself on record, with other contents. */
export interface ConsentFault { readonly line: number, readonly fault: 'in-future' | 'differs' | 'nothing-to-withdraw', readonly firstLine: number }

/** What of a list was new. `stopped`: so many of its people have opted out, and are not called whatever they agreed to before. */
export interface ConsentsTaken { readonly rows: number, readonly given: number, readonly withdrawn: number, readonly stopped: number }

/** What makes two rows the same consent. */
const SAME = sql`consents.phone = row.phone and consents.purpose = row.purpose and consents.given_at = row.given_at and consents.subject is not distinct from row.subject`
const CONTENTS = (table: string) => sql`jsonb_build_array(${sql.identifier(table)}.basis, ${sql.identifier(table)}.wording, ${sql.identifier(table)}.language, ${sql.identifier(table)}.channel, ${sql.identifier(table)}.evidence, ${sql.identifier(table)}.expires_at)`
/** What a withdrawal ends: of everything where it names no subject, else of that subject alone. */
const ENDED = (table: string) => sql`${sql.identifier(table)}.phone = row.phone and ${sql.identifier(table)}.purpose = row.purpose and ${sql.identifier(table)}.given_at <= row.withdrawn_at and (row.subject is null or ${sql.identifier(table)}.subject = row.subject)`

/**
 * A list of consents, taken in one transaction or not at all: `begin`, `stage` all rows, ask for `faults`, `take`. Rows wait in a table of
 * the transaction's own, so that a million of them need no memory here. A consent on record is never rewritten: it is evidence.
 */
export class ConsentImport {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /** Whoever takes a list at the same time waits until the transaction ends. */
  async begin (): Promise<void> {
    await this.#db.execute(sql`select pg_advisory_xact_lock(hashtextextended('consent import', 0))`)
    await this.#db.execute(sql`create temporary table import_consents (line integer, phone text, subject text, purpose text, basis text, wording text, language text,
      channel text, evidence text, given_at timestamptz, expires_at timestamptz, withdrawn_at timestamptz) on commit drop`)
  }

  async stage (rows: readonly ConsentRow[]): Promise<void> {
    await this.#db.execute(sql`
      insert into import_consents select line, phone, subject, purpose, basis, wording, language, channel, evidence, "givenAt", "expiresAt", "withdrawnAt"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (line integer, phone text, subject text, purpose text, basis text, wording text, language text,
        channel text, evidence text, "givenAt" timestamptz, "expiresAt" timestamptz, "withdrawnAt" timestamptz)`)
  }

  /** What stands against the staged rows, the first `limit` of it in their order, and how much it is in all. */
  async faults (limit: number): Promise<{ faults: ConsentFault[], count: number }> {
    await this.#db.execute(sql`create index on import_consents (phone)`)
    await this.#db.execute(sql`analyze import_consents`)
    const { rows } = await this.#db.execute<{ line: number, fault: ConsentFault['fault'], first_line: number, count: string }>(sql`
      with staged as (
        select *, first_value(line) over same as first_line, first_value(${CONTENTS('import_consents')}) over same as first_contents
        from import_consents window same as (partition by phone, purpose, given_at, subject order by line)
      ),
      judged as (
        select line, case when first_contents <> ${CONTENTS('row')} then first_line else line end as first_line, case
          when greatest(given_at, withdrawn_at) > (select dialling.now()) then 'in-future'
          when given_at is not null and (first_contents <> ${CONTENTS('row')} or exists (select from dialling.consents where ${SAME} and ${CONTENTS('consents')} <> ${CONTENTS('row')})) then 'differs'
          when given_at is null and not exists (select from dialling.consents where ${ENDED('consents')}) and not exists (select from import_consents other where ${ENDED('other')}) then 'nothing-to-withdraw'
        end as fault
        from staged row
      )
      select *, count(*) over () as count from judged where fault is not null order by line limit ${limit}`)
    return { faults: rows.map(({ line, fault, first_line: firstLine }) => ({ line, fault, firstLine })), count: Number(rows[0]?.count ?? 0) }
  }

  /** Records the staged rows, which have no faults: first all that was given, then all that was withdrawn, at the earliest time that is told. */
  async take (): Promise<ConsentsTaken> {
    const { rowCount: given } = await this.#db.execute(sql`
      insert into dialling.consents (consent_id, phone, subject, purpose, basis, wording, language, channel, evidence, given_at, expires_at)
      select 'consent-' || replace(gen_random_uuid()::text, '-', ''), phone, subject, purpose, basis, wording, language, channel, evidence, given_at, expires_at
      from (select distinct on (phone, purpose, given_at, subject) * from import_consents where given_at is not null order by phone, purpose, given_at, subject, line) row
      where not exists (select from dialling.consents where ${SAME})`)
    const { rowCount: withdrawn } = await this.#db.execute(sql`
      update dialling.consents set withdrawn_at = ended.at
      from (
        select consents.consent_id, min(row.withdrawn_at) as at from import_consents row join dialling.consents on ${ENDED('consents')}
        where consents.withdrawn_at is null group by consents.consent_id
      ) ended
      where consents.consent_id = ended.consent_id`)
    const { rows: [counts] } = await this.#db.execute<{ rows: string, stopped: string }>(sql`
      select count(*) as rows, count(distinct phone) filter (where exists (
        select from dialling.stops where stops.phone = import_consents.phone and reason = 'opt-out' and (until is null or until > dialling.now()))) as stopped
      from import_consents`)
    return { rows: Number(counts!.rows), given: given ?? 0, withdrawn: withdrawn ?? 0, stopped: Number(counts!.stopped) }
  }
}
