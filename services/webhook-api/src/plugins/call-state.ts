import fp from 'fastify-plugin'
import { CallContexts, CarrierFacts, FinishedCalls, StreamTickets } from '@karani/call-context'
import { foldCarrierFacts, type CarrierFact } from '@karani/call-model'
import { blockingConnection } from '@karani/plugin-redis'
import { callRecordsQueue, requestCallRecord } from '@karani/queues'
import { isCallId } from '@karani/sautikit'
import type { FastifyInstance } from 'fastify'

declare module 'fastify' { interface FastifyInstance { callState: CallState } }

type CallIds = readonly [string, ...string[]]

export interface CallState {
  readonly contexts: CallContexts
  readonly tickets: StreamTickets
  /** Adds to what the carrier has said of a call, whose names these are, and the label that it was placed with. A fact may come before its call. */
  note (callIds: CallIds, fact: CarrierFact, clientRequestId?: string): Promise<void>
  /** Asks for the record of a call that is over. Nothing for a call that is not, or that is not ours. */
  settle (callIds: CallIds): Promise<void>
}

/** Adds `app.callState`. */
async function callState (app: FastifyInstance, { redisUrl }: { redisUrl: string }): Promise<void> {
  const onCorrupt = (what: string): void => app.counters.corruptValues.inc({ what })
  const contexts = new CallContexts(app.redis, onCorrupt)
  const facts = new CarrierFacts(app.redis, onCorrupt)
  const finished = new FinishedCalls(app.redis, onCorrupt)
  const connection = blockingConnection(redisUrl, app.log)
  const records = callRecordsQueue(connection)

  async function note (callIds: CallIds, fact: CarrierFact, clientRequestId?: string): Promise<void> {
    await facts.link(clientRequestId !== undefined && isCallId(clientRequestId) ? [...callIds, clientRequestId] : callIds)
    await facts.add(callIds[0], fact)
  }

  async function settle ([callId]: CallIds): Promise<void> {
    const known = await facts.of(callId)
    const { status } = foldCarrierFacts(known)
    if (status !== 'completed' && status !== 'failed') return
    const names = await Promise.all([...await facts.namesOf(callId)].map(async name => await recordNameOf(name, callId)))
    for (const name of new Set(names)) if (name !== null) await requestCallRecord(records, name, `carrier-${known.length}`)
  }

  /** Under which name a call of ours is recorded. A call that nobody answered is only known by the label that it was placed with, which is no name of a record. */
  async function recordNameOf (name: string, callId: string): Promise<string | null> {
    const context = await contexts.get(name)
    if (context?.clientRequestId === name) return callId
    return context !== undefined || await finished.has(name) ? name : null
  }

  app.decorate('callState', { contexts, tickets: new StreamTickets(app.redis, onCorrupt), note, settle })
  app.addHook('onClose', async () => {
    await records.close()
    connection.disconnect()
  })
}

export default fp(callState, { name: 'call-state', fastify: '5.x', dependencies: ['redis', 'counters'] })
