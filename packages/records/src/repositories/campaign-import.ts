import { eq, sql, type SQL } from 'drizzle-orm'
import type { CalendarDay } from '@karani/calendar'
import type { DialDecision } from '@karani/calling-rules'
import type { Database } from '../database.ts'
import { campaigns } from '../schema/campaigns.ts'
import { leadIdOf, newCampaignId, type LeadToQueue } from './campaigns.ts'
import type { Decide } from './dial-ledger.ts'
import { leadFacts, type Campaign, type Lead } from './lead-facts.ts'

/** What a campaign's calls are about. */
export type SubjectKind = 'account' | 'parcel'

export interface CampaignTerms {
  readonly name: string
  /** Our number, E.164. */
  readonly line: string
  readonly purpose: Campaign['purpose']
  /** Null: now. */
  readonly dueAt: Date | null
  /** What it was asked for under, and a hash of what was asked. */
  readonly request: { readonly key: string, readonly hash: string } | null
}

/** What a list says of an account or a parcel that the records know better; null: nothing. */
export interface StatedFacts {
  readonly name: string | null
  /** What is due. */
  readonly amountMinor: number | null
  readonly currency: string | null
  readonly dueOn: CalendarDay | null
}

export interface ImportRow extends Partial<StatedFacts> {
  /** From 1, without gaps. */
  readonly position: number
  /** Where it is in the file. */
  readonly line: number
  /** E.164. */
  readonly phone: string
  readonly subject: string
}

/** `other-number`: not that of the record. `repeated`: the same number and subject are in `firstLine`. `differs`: what is stated in `columns` is not what the record has. */
export interface ImportFault { readonly line: number, readonly fault: 'unknown' | 'other-number' | 'repeated' | 'differs' | 'no-consent', readonly subject: string, readonly firstLine: number, readonly columns: string }

/** What would happen to one row now. */
export interface RowPreview { readonly line: number, readonly subject: string, readonly decision: DialDecision }

/** So many leads of a new campaign are put into the queue by whoever made it; the others follow as there is room. */
const QUEUED_AT_ONCE = 10_000
const PREVIEWED_AT_ONCE = 500

const RECORDS = {
  account: sql`select account_id as subject, phone, borrower as name, next_payment_minor as amount_minor, currency, due_on from business.accounts where gone_since is null`,
  parcel: sql`select tracking_id as subject, recipient_phone as phone, recipient as name, null::bigint as amount_minor, null as currency, null::date as due_on from business.shipments where gone_since is null`
}

/** Columns of the table in which rows wait, and of their JSON. */
const STAGED = sql`position integer, line integer, phone text, subject text, name text, "amountMinor" bigint, currency text, "dueOn" date`
/** The words of a name, whatever their order, case and punctuation. */
const wordsOf = (name: SQL): SQL => sql`(select string_agg(word, ' ' order by word) from regexp_split_to_table(lower(normalize(${name})), '[^[:alnum:]]+') as word where word <> '')`

/**
 * A campaign and its leads, made in one transaction or not at all: `stage` all rows, ask for `faults`, `start`. The rows wait in a table
 * of the transaction's own, so that a million of them are compared with the records by the database and need no memory here.
 */
export class CampaignImport {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /** The campaign that was asked for under this key. Whoever asks with it at the same time waits until the transaction ends. */
  async earlier (requestKey: string): Promise<Campaign | undefined> {
    await this.#db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`campaign ${requestKey}`}, 0))`)
    const [campaign] = await this.#db.select().from(campaigns).where(eq(campaigns.requestKey, requestKey))
    return campaign
  }

  async stage (rows: readonly ImportRow[]): Promise<void> {
    await this.#db.execute(sql`create temporary table if not exists import_rows (${STAGED}) on commit drop`)
    await this.#db.execute(sql`insert into import_rows select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (${STAGED})`)
  }

  /** What stands against the staged rows, the first `limit` of it in their order, and how much it is in all. */
  async faults (kind: SubjectKind, purpose: Campaign['purpose'], isConsentNeeded: boolean, limit: number): Promise<{ faults: ImportFault[], count: number }> {
    await this.#db.execute(sql`analyze import_rows`)
    const { rows } = await this.#db.execute<{ line: number, fault: ImportFault['fault'], subject: string, first_line: number, columns: string, count: string }>(sql`
      with record as (${RECORDS[kind]}),
      judged as (
        select line, subject, first_line, columns, case
          when record_phone is null then 'unknown'
          when record_phone <> phone then 'other-number'
          when first_line < line then 'repeated'
          when columns <> '' then 'differs'
          when ${isConsentNeeded} and not exists (
            select from dialling.consents
            where consents.phone = staged.phone and purpose = ${purpose} and (consents.subject is null or consents.subject = staged.subject)
              and given_at <= dialling.now() and withdrawn_at is null and (expires_at is null or expires_at > dialling.now())
              and not exists (
                select from dialling.consents later
                where later.phone = staged.phone and later.purpose = ${purpose} and (later.subject is null or later.subject = staged.subject) and later.withdrawn_at >= consents.given_at
              )
          ) then 'no-consent'
        end as fault
        from (
          select import_rows.*, record.phone as record_phone, min(line) over (partition by import_rows.phone, import_rows.subject) as first_line,
            concat_ws(' and ',
              case when import_rows.name <> record.name and ${wordsOf(sql`import_rows.name`)} is distinct from ${wordsOf(sql`record.name`)} then 'name' end,
              case when "amountMinor" <> amount_minor or import_rows.currency <> record.currency then 'amount' end,
              case when "dueOn" <> due_on then 'dueOn' end) as columns
          from import_rows left join record using (subject)
        ) staged
      )
      select *, count(*) over () as count from judged where fault is not null order by line limit ${limit}`)
    return { faults: rows.map(({ line, fault, subject, first_line: firstLine, columns }) => ({ line, fault, subject, firstLine, columns })), count: Number(rows[0]?.count ?? 0) }
  }

  /** Makes the campaign of the staged rows, which have no faults. Those that are due count as queued: see `firstToQueue`. */
  async start ({ name, line, purpose, dueAt, request }: CampaignTerms): Promise<Campaign> {
    const now = sql`(select dialling.now())`
    const [campaign] = await this.#db.insert(campaigns).values({
      campaignId: newCampaignId(), name, line, purpose, state: 'running', requestKey: request?.key, requestHash: request?.hash, createdAt: now
    }).returning()
    const due = dueAt === null ? now : sql`${dueAt.toISOString()}::timestamptz`
    await this.#db.execute(sql`
      insert into dialling.leads (lead_id, campaign_id, position, phone, subject, state, due_at, planned_at, queued_at)
      select ${leadIdOf(campaign!.campaignId, sql`position`)}, ${campaign!.campaignId}, position, phone, subject, 'waiting', ${due}, ${due},
        case when position <= ${QUEUED_AT_ONCE} and ${due} <= ${now} then ${now} end
      from import_rows`)
    return campaign!
  }

  /** Leads of a campaign just made that its maker is to put into the queue, in their order. Who does not leaves it to `takeUnqueued`. */
  async firstToQueue (campaignId: string): Promise<LeadToQueue[]> {
    const { rows } = await this.#db.execute<{ lead_id: string, attempts: number }>(sql`
      select lead_id, attempts from dialling.leads
      where campaign_id = ${campaignId} and position <= ${QUEUED_AT_ONCE} and state = 'waiting' and queued_at is not null order by position`)
    return rows.map(row => ({ leadId: row.lead_id, attempts: row.attempts }))
  }

  /** What `decide` says of each lead of the campaign that this transaction has made, in their order. */
  async * preview (campaignId: string, decide: Decide): AsyncGenerator<RowPreview> {
    const { rows: [clock] } = await this.#db.execute<{ at: Date | string, offset_ms: string }>(sql`select dialling.now() as at, extract(epoch from dialling.clock_offset()) * 1000 as offset_ms`)
    const at = new Date(clock!.at)
    for (let after = 0; ;) {
      const { rows } = await this.#db.execute<{ line: number, position: number, lead_id: string, phone: string, subject: string, due_at: Date | string }>(sql`
        select line, position, lead_id, phone, subject, due_at from dialling.leads join import_rows using (position, phone, subject)
        where campaign_id = ${campaignId} and position > ${after} order by position limit ${PREVIEWED_AT_ONCE}`)
      if (rows.length === 0) return
      for (const { line, position, lead_id: leadId, phone, subject, due_at: due } of rows) {
        const dueAt = new Date(due)
        const lead: Lead = { leadId, campaignId, position, phone, subject, state: 'waiting', dueAt, plannedAt: dueAt, attempts: 0, reason: null, outcome: null, doneAt: null, queuedAt: null }
        yield { line, subject, decision: decide(await leadFacts(this.#db, lead, at, null), at, Number(clock!.offset_ms)).decision }
        after = position
      }
    }
  }
}
