import { setTimeout as wait } from 'node:timers/promises'
import { UnrecoverableError } from 'bullmq'
import fp from 'fastify-plugin'
import type { FastifyInstance } from 'fastify'
import { httpLending, type HttpSystemOptions } from '@karani/business-systems'
import { CallContexts, CarrierFacts, ModelPermits } from '@karani/call-context'
import { remindersQueue, remindersWorker, requestDials } from '@karani/campaigns'
import { readLines } from '@karani/lines'
import { Counter } from '@karani/plugin-health'
import { blockingConnection } from '@karani/plugin-redis'
import { SautikitClient } from '@karani/sautikit'
import { AccountCopies } from '@karani/system-copies'
import { CallEnds } from '../dial/call-ends.ts'
import { Dialler } from '../dial/dialler.ts'
import { DueCheck } from '../dial/due-check.ts'
import { Reconciler } from '../dial/reconciler.ts'
import { WalletWatch } from '../dial/wallet-watch.ts'
import { voiceUrl } from '../dial/voice-url.ts'
import { codeOf } from '../error-code.ts'

declare module 'fastify' { interface FastifyInstance { callEnds: CallEnds, reconciler: Reconciler } }

export interface DiallingOptions {
  readonly redisUrl: string
  readonly linesFile: string
  readonly sautikit: { readonly url: string, readonly apiKey: string }
  /** The lender's own system; null: the records are the truth. */
  readonly lending: HttpSystemOptions | null
  readonly publicUrl: string
  readonly webhookTokens: readonly string[]
  readonly callsPerSecond: number
  readonly maxCalls: number
  /** How long a carrier that fails is left alone. */
  readonly circuitOpenMs: number
  /** The carrier's money that is never called with, in minor units. */
  readonly walletReserveMinor: number
  /** What media-gateway lets a call last. */
  readonly longestCallMs: number
  readonly modelSessions: number
  readonly inboundReserve: number
  readonly drainTimeoutMs: number
}

/** Of this process. A job takes as long as the carrier's answer. */
const CONCURRENCY = 10
const ROUND_MS = 15_000
/** A job under way is done by then, or its row tells others. */
const MAX_DRAIN_MS = 25_000

/** Places the calls of campaigns, and goes after what was left open. Adds `app.callEnds` and `app.reconciler`. */
async function dialling (app: FastifyInstance, options: DiallingOptions): Promise<void> {
  const { redisUrl, publicUrl, webhookTokens, callsPerSecond, maxCalls, circuitOpenMs, walletReserveMinor, longestCallMs, modelSessions, inboundReserve, drainTimeoutMs } = options
  const { records, redis, log } = app
  const turns = new Counter({ name: 'karani_dial_turns_total', help: 'What became of wishes to dial.', labelNames: ['turn'], registers: [app.metrics] })
  const sautikit = new SautikitClient(options.sautikit)
  const facts = new CarrierFacts(redis)
  const permits = new ModelPermits(redis, { sessions: modelSessions, inboundReserve })
  const ends = new CallEnds({ records, sautikit, facts, permits })
  const onTurn = (turn: string): void => turns.inc({ turn })
  const accounts = options.lending && new AccountCopies(httpLending(options.lending), records, () => new Date())
  const lines = readLines(options.linesFile)
  const dialler = new Dialler({
    records,
    sautikit,
    facts,
    permits,
    contexts: new CallContexts(redis),
    wallet: new WalletWatch({ sautikit, lines, reserveMinor: walletReserveMinor, longestCallMs, log }),
    dueCheck: accounts && new DueCheck({ records, accounts, log, onTurn }),
    lines,
    voiceUrl: voiceUrl(publicUrl, webhookTokens),
    maxCalls,
    circuitOpenMs,
    log,
    onTurn
  })

  const connection = blockingConnection(redisUrl, log)
  const queue = remindersQueue(connection)
  const reconciler = new Reconciler({ records, sautikit, facts, permits, ends, log, request: async leads => await requestDials(queue, leads) })
  app.decorate('callEnds', ends)
  app.decorate('reconciler', reconciler)

  const worker = remindersWorker(connection, {
    dial: async leadId => await dialler.dial(leadId),
    record: async ({ campaignId, phone, subject, dueAt }) => {
      const leadId = await records.write(async ({ campaigns }) => await campaigns.recordLead({ campaignId, phone, subject, dueAt: dueAt === undefined ? null : new Date(dueAt) }))
      if (leadId === null) throw new UnrecoverableError('there is no such campaign')
      return leadId
    }
  }, {
    jobsPerSecond: callsPerSecond,
    concurrency: CONCURRENCY,
    onError: error => { if (connection.status === 'ready') log.warn({ code: codeOf(error) }, 'the queue of reminders has trouble') }
  })
  worker.on('failed', (job, error) => log.warn({ jobId: job?.id, attempt: job?.attemptsMade, code: codeOf(error) }, 'a wish to dial failed'))

  let round: Promise<void> | null = null
  const timer = setInterval(() => { round ??= reconciler.round().finally(() => { round = null }) }, ROUND_MS)

  app.addHook('preClose', async () => {
    clearInterval(timer)
    await Promise.race([Promise.all([worker.pause(), round]), wait(Math.min(drainTimeoutMs, MAX_DRAIN_MS), undefined, { ref: false })])
    await worker.close(true) // without Redis, the gentle way waits for ever
  })
  app.addHook('onClose', async () => {
    connection.disconnect()
    await queue.close().catch(() => {})
  })
}

export default fp(dialling, { name: 'dialling', fastify: '5.x', dependencies: ['health', 'redis', 'records'] })
