import { eq, sql } from 'drizzle-orm'
import type { DenyReason } from '@karani/calling-rules'
import type { Database } from '../database.ts'
import { campaigns, leads } from '../schema/campaigns.ts'
import type { LeadOutcome } from './dial-ledger.ts'
import type { Campaign, Lead } from './lead-facts.ts'

/** How many leads of a campaign wait, are being called, or ended, and how. */
export interface LeadCounts {
  readonly waiting: number
  readonly dialling: number
  readonly done: number
  readonly outcomes: Partial<Record<LeadOutcome, number>>
  /** Why leads were refused for good. */
  readonly refusals: Partial<Record<DenyReason, number>>
  /** Why leads that wait were put off. */
  readonly postponed: Partial<Record<DenyReason, number>>
  /** When the next of those that wait is looked at; in the past when it is its turn. Null when none waits. */
  readonly nextAt: Date | null
}

export interface CampaignReport extends LeadCounts {
  readonly campaign: Campaign
  readonly leads: number
  /** Calls that the carrier was or may have been asked for. */
  readonly calls: number
  /** Leads with whom somebody talked. */
  readonly reached: number
  /** By currency, as far as the carrier has told. */
  readonly costMinor: Record<string, number>
  /** Ended calls of which the carrier has told no cost. */
  readonly callsWithoutCost: number
  readonly tokens: { readonly prompt: number, readonly response: number, readonly total: number }
}

/** Which campaigns there are, and what became of them. */
export class CampaignReports {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /** By its id, else the newest of that name. */
  async find (idOrName: string): Promise<Campaign | undefined> {
    const [campaign] = await this.#db.select().from(campaigns).where(sql`${idOrName} in (${campaigns.campaignId}, ${campaigns.name})`)
      .orderBy(sql`${campaigns.campaignId} = ${idOrName} desc, ${campaigns.createdAt} desc`).limit(1)
    return campaign
  }

  /** The newest first. */
  async list (limit: number): Promise<Campaign[]> {
    return await this.#db.select().from(campaigns).orderBy(sql`${campaigns.createdAt} desc, ${campaigns.campaignId}`).limit(limit)
  }

  /** The first leads of a campaign, in its order. */
  async leads ({ campaignId }: Campaign, limit: number): Promise<Lead[]> {
    return await this.#db.select().from(leads).where(eq(leads.campaignId, campaignId)).orderBy(leads.position).limit(limit)
  }

  async counts ({ campaignId, state }: Campaign): Promise<LeadCounts> {
    const { rows } = await this.#db.execute<{ state: string, outcome: LeadOutcome | null, reason: DenyReason | null, count: string, next_at: string | Date }>(sql`
      select state, outcome, reason, count(*), min(due_at) as next_at from dialling.leads where campaign_id = ${campaignId} group by 1, 2, 3 order by 4 desc, 2, 3`)
    const counts = { waiting: 0, dialling: 0, done: 0, outcomes: {} as Record<string, number>, refusals: {} as Record<string, number>, postponed: {} as Record<string, number> }
    const add = (to: Record<string, number>, name: string | null, count: number): void => { if (name !== null) to[name] = (to[name] ?? 0) + count }
    for (const row of rows) {
      const count = Number(row.count)
      const isOver = row.state === 'waiting' && state === 'cancelled' // its turn to be closed comes
      add(counts as never, isOver ? 'done' : row.state, count)
      add(counts.outcomes, isOver ? 'cancelled' : row.outcome, count)
      if (row.outcome === 'refused') add(counts.refusals, row.reason, count)
      if (row.state === 'waiting' && !isOver) add(counts.postponed, row.reason, count)
    }
    const nextMs = rows.filter(row => row.state === 'waiting' && state !== 'cancelled').map(row => new Date(row.next_at).getTime())
    return { ...counts, nextAt: nextMs.length === 0 ? null : new Date(Math.min(...nextMs)) }
  }

  /** What the clock shows that decides whom to dial, and how far it is set off for a demonstration. */
  async clock (): Promise<{ at: Date, offsetMs: number }> {
    const { rows: [clock] } = await this.#db.execute<{ at: Date | string, offset_ms: string }>(sql`select dialling.now() as at, extract(epoch from dialling.clock_offset()) * 1000 as offset_ms`)
    return { at: new Date(clock!.at), offsetMs: Number(clock!.offset_ms) }
  }

  async report (campaign: Campaign): Promise<CampaignReport> {
    const counts = await this.counts(campaign)
    const { rows } = await this.#db.execute<Record<string, string | null>>(sql`
      with attempt as (
        select a.lead_id, a.state, a.conversation, a.cost_minor, a.currency, r.cost_minor as record_cost, r.currency as record_currency, r.usage
        from dialling.leads l
        join dialling.dial_attempts a using (lead_id)
        left join lateral (
          select * from dialling.call_records where call_id = any (a.carrier_call_ids || a.attempt_id) order by timeline is null, call_id limit 1
        ) r on true
        where l.campaign_id = ${campaign.campaignId} and a.state in ('posting', 'posted', 'ended', 'unknown')
      )
      select coalesce(currency, record_currency) as currency, count(*) as calls, count(distinct lead_id) filter (where conversation) as reached,
        sum(coalesce(cost_minor, record_cost)) as cost, count(*) filter (where state = 'ended' and coalesce(cost_minor, record_cost) is null) as without_cost,
        sum((usage->>'promptTokens')::bigint) as prompt, sum((usage->>'responseTokens')::bigint) as response, sum((usage->>'totalTokens')::bigint) as total
      from attempt group by 1`)
    const sum = (name: string): number => rows.reduce((all, row) => all + Number(row[name] ?? 0), 0)
    return {
      campaign,
      leads: counts.waiting + counts.dialling + counts.done,
      ...counts,
      calls: sum('calls'),
      reached: sum('reached'),
      costMinor: Object.fromEntries(rows.flatMap(({ currency, cost }) => currency == null || cost == null ? [] : [[currency, Number(cost)]])),
      callsWithoutCost: sum('without_cost'),
      tokens: { prompt: sum('prompt'), response: sum('response'), total: sum('total') }
    }
  }
}
