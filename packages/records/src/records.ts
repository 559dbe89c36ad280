import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { databaseOn, inTransaction, type Database } from './database.ts'
import { retrying } from './retrying.ts'
import { Accounts } from './repositories/accounts.ts'
import { CampaignImport } from './repositories/campaign-import.ts'
import { CampaignReports } from './repositories/campaign-report.ts'
import { Campaigns } from './repositories/campaigns.ts'
import { CallRecords, type CallRecord } from './repositories/call-records.ts'
import { CallTimes } from './repositories/call-times.ts'
import { Callbacks } from './repositories/callbacks.ts'
import { ConsentImport } from './repositories/consent-import.ts'
import { ClosedDays } from './repositories/closed-days.ts'
import { Consents } from './repositories/consents.ts'
import { copiedAccounts } from './repositories/copied-accounts.ts'
import { CopiedMenu } from './repositories/copied-menu.ts'
import { copiedParcels } from './repositories/copied-parcels.ts'
import { DialLedger } from './repositories/dial-ledger.ts'
import { DialWatch } from './repositories/dial-watch.ts'
import { Deliveries } from './repositories/deliveries.ts'
import { IdentityChecks } from './repositories/identity-checks.ts'
import { Knowledge } from './repositories/knowledge.ts'
import { Ledger } from './repositories/ledger.ts'
import { Menu } from './repositories/menu.ts'
import { KitchenOutbox, Orders } from './repositories/orders.ts'
import { PaymentIntents } from './repositories/payment-intents.ts'
import { Payments } from './repositories/payments.ts'
import { Promises } from './repositories/promises.ts'
import { Proposals } from './repositories/proposals.ts'
import { RecipientChecks } from './repositories/recipient-checks.ts'
import { Shipments } from './repositories/shipments.ts'
import { Stops } from './repositories/stops.ts'
import { SystemCopies } from './repositories/system-copies.ts'
import { SystemEffects, type SystemName } from './repositories/system-effects.ts'
import { ToolCalls, type ToolCallKey } from './repositories/tool-calls.ts'
import { WhereaboutsNotes } from './repositories/whereabouts.ts'

export interface RecordsOptions {
  readonly url: string
  /** Queries that find all connections busy wait for one, at most `connectTimeoutMs`. */
  readonly maxConnections?: number
  readonly connectTimeoutMs?: number
  /** The server gives a statement up after this, a lock it waits for included. */
  readonly statementTimeoutMs?: number
  /** Told of a connection that broke while nobody used it. */
  readonly onError?: (error: Error) => void
  /** The business's own systems that are to hear of effects. */
  readonly systemsToTell?: ReadonlySet<SystemName>
  /** Told after the commit of something that they are to hear. */
  readonly onSystemEffect?: () => void
}

/** A server that does not even give up is given up this much later. */
const SILENCE_MS = 250
const CLOSE_TIMEOUT_MS = 2_000

const copiesOn = (db: Database) => ({ accounts: new SystemCopies(db, copiedAccounts), parcels: new SystemCopies(db, copiedParcels), menu: new CopiedMenu(db) })

/** What can be read. */
export class Readings {
  readonly accounts: Accounts
  readonly shipments: Shipments
  readonly menu: Menu
  readonly orders: Orders
  readonly knowledge: Knowledge
  readonly payments: Payments
  readonly stops: Stops
  readonly campaignReports: CampaignReports
  readonly closedDays: ClosedDays

  constructor (db: Database) {
    this.accounts = new Accounts(db)
    this.shipments = new Shipments(db)
    this.menu = new Menu(db)
    this.orders = new Orders(db)
    this.knowledge = new Knowledge(db)
    this.payments = new Payments(db)
    this.stops = new Stops(db)
    this.campaignReports = new CampaignReports(db)
    this.closedDays = new ClosedDays(db)
  }
}

/** What can be read and written within one transaction. */
export class Writings extends Readings {
  readonly identityChecks: IdentityChecks
  readonly proposals: Proposals
  readonly promises: Promises
  readonly callbacks: Callbacks
  readonly callTimes: CallTimes
  readonly recipientChecks: RecipientChecks
  readonly deliveries: Deliveries
  readonly paymentIntents: PaymentIntents
  readonly ledger: Ledger
  readonly systemEffects: SystemEffects
  readonly dialLedger: DialLedger
  readonly campaigns: Campaigns
  readonly campaignImport: CampaignImport
  readonly consents: Consents
  readonly consentImport: ConsentImport
  readonly dialWatch: DialWatch
  readonly whereabouts: WhereaboutsNotes
  readonly copies: ReturnType<typeof copiesOn>

  constructor (db: Database, systemsToTell: ReadonlySet<SystemName>) {
    super(db)
    this.identityChecks = new IdentityChecks(db)
    this.proposals = new Proposals(db)
    this.promises = new Promises(db)
    this.callbacks = new Callbacks(db)
    this.callTimes = new CallTimes(db)
    this.recipientChecks = new RecipientChecks(db)
    this.deliveries = new Deliveries(db)
    this.paymentIntents = new PaymentIntents(db)
    this.ledger = new Ledger(db)
    this.systemEffects = new SystemEffects(db, systemsToTell)
    this.dialLedger = new DialLedger(db)
    this.campaigns = new Campaigns(db)
    this.campaignImport = new CampaignImport(db)
    this.consents = new Consents(db)
    this.consentImport = new ConsentImport(db)
    this.dialWatch = new DialWatch(db)
    this.whereabouts = new WhereaboutsNotes(db)
    this.copies = copiesOn(db)
  }
}

/**
 * The records of the business, over a bounded pool of connections. Made without a connection: the first query opens one.
 * A query without a database fails in time; only `once` is tried again, because its key makes that safe.
 */
export class Records extends Readings {
  readonly kitchenOutbox: KitchenOutbox
  /** What is known of copies; they are written in `write`. */
  readonly copies: ReturnType<typeof copiesOn>
  readonly #pool: pg.Pool
  readonly #systemsToTell: ReadonlySet<SystemName>
  readonly #onSystemEffect: () => void

  constructor ({ url, maxConnections = 10, connectTimeoutMs = 2_000, statementTimeoutMs = 2_000, onError = () => {}, systemsToTell = new Set(), onSystemEffect = () => {} }: RecordsOptions) {
    const pool = new pg.Pool({
      connectionString: url,
      max: maxConnections,
      connectionTimeoutMillis: connectTimeoutMs,
      idleTimeoutMillis: 30_000,
      statement_timeout: statementTimeoutMs,
      query_timeout: statementTimeoutMs + SILENCE_MS,
      keepAlive: true
    })
    pool.on('error', onError)
    const db = databaseOn(pool)
    super(db)
    this.kitchenOutbox = new KitchenOutbox(db)
    this.copies = copiesOn(db)
    this.#pool = pool
    this.#systemsToTell = systemsToTell
    this.#onSystemEffect = onSystemEffect
  }

  /**
   * Carries out a writing tool call in one transaction, and keeps its answer, as JSON, with what was written. A repetition of the key
   * does nothing and gets the first answer. When `work` throws, nothing was written and the key is free. Where transactions got in
   * each other's way, or the connection was lost, all of it is done again, `work` included: it may do nothing but write here.
   */
  async once<T extends NonNullable<unknown>> (key: ToolCallKey, work: (writings: Writings) => Promise<T>): Promise<T> {
    return await retrying(() => this.#writing(async (writings, db) => {
      const toolCalls = new ToolCalls(db)
      if (!await toolCalls.claim(key)) return await toolCalls.answerTo(key) as T
      const answer = await work(writings)
      await toolCalls.keep(key, answer)
      return answer
    }))
  }

  /** Writes what no tool call asks for, in one transaction; when `work` throws, nothing was written. */
  async write<T> (work: (writings: Writings) => Promise<T>): Promise<T> {
    return await this.#writing(work)
  }

  /** What `write` would come to: it is all done, and then taken back. */
  async rehearse<T> (work: (writings: Writings) => Promise<T>): Promise<T> {
    const rehearsed = new Rehearsed<T>()
    await this.write(async writings => {
      rehearsed.result = { is: await work(writings) }
      throw rehearsed
    }).catch(err => { if (err !== rehearsed) throw err })
    return rehearsed.result!.is
  }

  async #writing<T> (work: (writings: Writings, db: Database) => Promise<T>): Promise<T> {
    const { result, isToBeTold } = await inTransaction(this.#pool, async db => {
      const writings = new Writings(db, this.#systemsToTell)
      return { result: await work(writings, db), isToBeTold: writings.systemEffects.isAnythingNew }
    })
    if (isToBeTold) this.#onSystemEffect()
    return result
  }

  /** See `CallRecords`. */
  async writeCallRecord (callId: string, compose: () => Promise<CallRecord | null>): Promise<void> {
    await inTransaction(this.#pool, db => new CallRecords(db).write(callId, compose))
  }

  /** Rejects when the database does not answer. */
  async ping (): Promise<void> {
    await this.#pool.query('select 1')
  }

  /** Waits for queries under way, not for ever. */
  async close (): Promise<void> {
    await Promise.race([this.#pool.end(), wait(CLOSE_TIMEOUT_MS, undefined, { ref: false })])
  }
}

/** Thrown so that nothing of a transaction stays. */
class Rehearsed<T> {
  result: { is: T } | undefined
}
