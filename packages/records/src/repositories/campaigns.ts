import { randomBytes } from 'node:crypto'
import { and, eq, inArray, isNull, lte, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { campaigns, leads } from '../schema/campaigns.ts'
import { accounts } from '../schema/lending.ts'
import type { Campaign } from './lead-facts.ts'

/** A lead whose job is to be put into the queue. `attempts`: how often it was dialled already. */
export interface LeadToQueue { readonly leadId: string, readonly attempts: number }

/** A lead that is to be recorded. */
export interface NewLead {
  readonly campaignId: string
  /** E.164. */
  readonly phone: string
  readonly subject: string
  /** Null: now. */
  readonly dueAt: Date | null
}

/** A job that was put into the queue this long ago may be lost. */
const REQUEUE_S = 60
/** So many leads of cancelled campaigns are closed at a time. */
const SWEEP = 1_000

export const newCampaignId = (): string => `campaign-${randomBytes(8).toString('hex')}`
/** A lead is named after its campaign and its place there. */
export const leadIdOf = (campaignId: string, position: SQL): SQL => sql`${campaignId.replace('campaign', 'lead')} || '-' || ${position}`
/** Once a statement, so that an index can be compared with it. */
const NOW = sql`(select dialling.now())`

/** Campaigns, their leads, and which of these the queue is to hear of. Lives in a transaction. */
export class Campaigns {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /** The campaign of this key, which is made if there is none: for leads that come one by one. */
  async standing (requestKey: string, { name, line, purpose }: Pick<Campaign, 'name' | 'line' | 'purpose'>): Promise<Campaign> {
    await this.#db.insert(campaigns)
      .values({ campaignId: newCampaignId(), name, line, purpose, state: 'running', requestKey, createdAt: NOW })
      .onConflictDoNothing({ target: campaigns.requestKey })
    const [campaign] = await this.#db.select().from(campaigns).where(eq(campaigns.requestKey, requestKey))
    return campaign!
  }

  /** Null: there is no such account. */
  async borrowersNumber (accountId: string): Promise<string | null> {
    const [account] = await this.#db.select({ phone: accounts.phone }).from(accounts).where(and(eq(accounts.accountId, accountId), isNull(accounts.goneSince)))
    return account?.phone ?? null
  }

  /**
   * Records a lead; the same number and subject in the same campaign again are the row that is there. One of a cancelled campaign is
   * recorded as cancelled. @returns its id; null when there is no such campaign
   */
  async recordLead ({ campaignId, phone, subject, dueAt }: NewLead): Promise<string | null> {
    const [campaign] = await this.#db.select().from(campaigns).where(eq(campaigns.campaignId, campaignId)).for('update') // leads are numbered one after another
    if (campaign === undefined) return null
    const isOver = campaign.state === 'cancelled'
    const due = dueAt === null ? NOW : sql`${dueAt.toISOString()}::timestamptz`
    await this.#db.execute(sql`
      insert into dialling.leads (lead_id, campaign_id, position, phone, subject, state, due_at, planned_at, outcome, done_at)
      select ${leadIdOf(campaignId, sql`position`)}, ${campaignId}, position, ${phone}, ${subject},
        ${isOver ? 'done' : 'waiting'}, ${due}, ${due}, ${isOver ? 'cancelled' : null}, ${isOver ? NOW : null}
      from (select coalesce(max(position), 0) + 1 as position from dialling.leads where campaign_id = ${campaignId}) last
      on conflict (campaign_id, phone, subject) do nothing`)
    const [lead] = await this.#db.select({ leadId: leads.leadId }).from(leads)
      .where(and(eq(leads.campaignId, campaignId), eq(leads.phone, phone), eq(leads.subject, subject)))
    return lead!.leadId
  }

  /**
   * Leads of running campaigns that are due and were not put into the queue within the last minute: so the queue may be lost, and is
   * there again a minute later. They count as queued from here on; whoever takes at the same time gets others. Campaigns take
   * turns, the oldest due of each first: a large one does not keep a small one waiting. What was left in cancelled ones is closed.
   */
  async takeUnqueued (limit: number): Promise<LeadToQueue[]> {
    await this.#closeCancelled(SWEEP)
    const { rows } = await this.#db.execute<{ lead_id: string, attempts: number }>(sql`
      with taken as (
        select due.lead_id
        from dialling.campaigns
        cross join lateral (
          select lead_id, due_at from dialling.leads
          where leads.campaign_id = campaigns.campaign_id and leads.state = 'waiting' and due_at <= ${NOW}
            and (queued_at is null or queued_at < ${NOW} - make_interval(secs => ${REQUEUE_S}))
          order by due_at limit ${limit} for update skip locked
        ) due
        where campaigns.state = 'running'
        order by row_number() over (partition by campaigns.campaign_id order by due_at), due_at
        limit ${limit}
      )
      update dialling.leads set queued_at = ${NOW} from taken where leads.lead_id = taken.lead_id
      returning leads.lead_id, leads.attempts`)
    return rows.map(row => ({ leadId: row.lead_id, attempts: row.attempts }))
  }

  /** The account that a lead would be reminded of if it were dialled now; null when it is of another purpose, or is not to be dialled now. */
  async accountToRemindOf (leadId: string): Promise<string | null> {
    const [lead] = await this.#db.select({ subject: leads.subject }).from(leads).innerJoin(campaigns, eq(campaigns.campaignId, leads.campaignId))
      .where(and(eq(leads.leadId, leadId), eq(leads.state, 'waiting'), lte(leads.dueAt, NOW), eq(campaigns.state, 'running'), inArray(campaigns.purpose, ['reminder', 'collection'])))
    return lead?.subject ?? null
  }

  /** Nothing is due any more: a lead that waits has ended, refused for what was paid. */
  async endAsPaid (leadId: string): Promise<void> {
    await this.#db.update(leads).set({ state: 'done', outcome: 'refused', reason: 'paid', doneAt: NOW }).where(and(eq(leads.leadId, leadId), eq(leads.state, 'waiting')))
  }

  /** A lead that waits is looked at again so much later. */
  async putOff (leadId: string, delayMs: number): Promise<void> {
    await this.#db.update(leads).set({ dueAt: sql`dialling.now() + make_interval(secs => ${delayMs / 1000})`, queuedAt: null })
      .where(and(eq(leads.leadId, leadId), eq(leads.state, 'waiting')))
  }

  /** Nobody is dialled any more until it is resumed. @returns whether it was running */
  async pause (campaignId: string): Promise<boolean> {
    return await this.#turn(campaignId, ['running'], { state: 'paused', pausedBy: 'staff' })
  }

  /** @returns whether it was paused */
  async resume (campaignId: string): Promise<boolean> {
    return await this.#turn(campaignId, ['paused'], { state: 'running', pausedBy: null })
  }

  /** For good: whoever waits is not called any more. A call that the carrier has goes on. @returns whether it was not cancelled already */
  async cancel (campaignId: string): Promise<boolean> {
    const isNews = await this.#turn(campaignId, ['running', 'paused'], { state: 'cancelled', pausedBy: null })
    if (isNews) await this.#closeCancelled(SWEEP)
    return isNews
  }

  /** What waits in a cancelled campaign is over. So is what comes back later from an attempt that was under way, and the rest of a large one. */
  async #closeCancelled (limit: number): Promise<void> {
    await this.#db.execute(sql`
      with over as (
        select waiting.lead_id from dialling.campaigns
        cross join lateral (select lead_id from dialling.leads where leads.campaign_id = campaigns.campaign_id and leads.state = 'waiting' limit ${limit} for update skip locked) waiting
        where campaigns.state = 'cancelled' limit ${limit}
      )
      update dialling.leads set state = 'done', outcome = 'cancelled', done_at = ${NOW}, reason = null from over where leads.lead_id = over.lead_id`)
  }

  async #turn (campaignId: string, from: Array<Campaign['state']>, to: Partial<Campaign>): Promise<boolean> {
    const turned = await this.#db.update(campaigns).set(to)
      .where(and(eq(campaigns.campaignId, campaignId), inArray(campaigns.state, from))).returning({ campaignId: campaigns.campaignId })
    return turned.length === 1
  }
}
