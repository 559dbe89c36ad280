import { readFile } from 'node:fs/promises'
import { LiveCallEvents } from '@karani/call-context'
import type { CallLogEntry } from '@karani/call-model'
import { startStack, type ServiceName, type Stack } from '@karani/local-stack'
import { startCarrier, startGemini, type Carrier, type CarrierBehaviour, type CreateBrain, type Gemini, type GeminiBehaviour, type Phone, type SimulatedCall } from '@karani/simulator'
import { Redis } from 'ioredis'
import type { Test } from 'tap'
import { LENDER_LINE, LINES } from './lines.ts'

export interface WorldOptions {
  readonly brain: CreateBrain
  readonly model?: Partial<GeminiBehaviour>
  readonly carrier?: Partial<CarrierBehaviour>
  readonly services?: ServiceName[]
  readonly env?: Record<string, string>
}

/** The services as real processes, with a carrier and a model in the test's own hands. Closes with the test. */
export interface World {
  readonly carrier: Carrier
  readonly gemini: Gemini
  readonly stack: Stack
  /** A call to the lender's line unless `to` says otherwise. */
  ring (options: { phone: Phone, from?: string | null, to?: string, behaviour?: Partial<CarrierBehaviour> }): Promise<SimulatedCall>
  /** The first entry of this call's journal that fits, already there or still to come. */
  happened (callId: string, fits: (entry: CallLogEntry) => boolean): Promise<CallLogEntry>
  /** All that the services have printed. */
  logs (): Promise<string>
}

const SIGNING_SECRET = 'whsec_of_the_voice_callbacks_in_tests'

export async function startWorld (t: Test, { brain, model, carrier: behaviour, services, env = {} }: WorldOptions): Promise<World> {
  const gemini = await startGemini({ createBrain: brain, keepAudio: true, apiKeys: ['test-key'], behaviour: { setupMs: [20, 20], firstAudioMs: [50, 50], afterToolMs: [50, 50], silenceDurationMs: 300, ...model } })
  t.teardown(async () => await gemini.close())
  const carrier = await startCarrier({
    numbers: LINES.map(number => ({ number, signingSecret: SIGNING_SECRET })),
    behaviour: { connectDelayMs: 100, retryTimeScale: 0.001, ...behaviour },
    apiKey: 'carrier-key'
  })
  t.teardown(async () => await carrier.close())
  const stack = await startStack({
    run: process.env['KARANI_RUN'] === 'dist' ? 'dist' : 'source',
    ...(services !== undefined && { services }),
    env: {
      GEMINI_URL: gemini.url,
      GEMINI_API_KEY: 'test-key',
      SAUTIKIT_API_URL: carrier.url,
      SAUTIKIT_API_KEY: 'carrier-key',
      SAUTIKIT_SIGNING_SECRETS: SIGNING_SECRET,
      ...env
    }
  })
  t.teardown(async () => await stack.stop())
  const webhooks = stack.services['webhook-api'].url
  await route(carrier, `${webhooks}/voice`, `${webhooks}/events`)
  const happened = followJournals(t, stack.settings['REDIS_URL']!)
  return {
    carrier,
    gemini,
    stack,
    ring: async ({ phone, from = '+254712345678', to = LENDER_LINE, behaviour }) => await carrier.ring({ from, to, phone, ...(behaviour !== undefined && { behaviour }) }),
    happened,
    logs: async () => (await Promise.all(Object.values(stack.services).map(async ({ name, port }) => await readFile(`${stack.dataDir}/logs/${name}-${port}.log`, 'utf8')))).join('\n')
  }
}

/** Tells the carrier where our webhooks are, as `npm run doctor` does. */
async function route (carrier: Carrier, voiceUrl: string, eventsUrl: string): Promise<void> {
  const headers = { authorization: `Bearer ${carrier.apiKey}`, 'content-type': 'application/json' }
  const { numbers } = await (await fetch(`${carrier.url}/v1/numbers`, { headers })).json() as { numbers: Array<{ id: string }> }
  for (const { id } of numbers) {
    const response = await fetch(`${carrier.url}/v1/numbers/${id}/routing`, { method: 'PUT', headers, body: JSON.stringify({ voice_callback_url: voiceUrl, events_url: eventsUrl }) })
    if (!response.ok) throw new Error(`the carrier refused the routing: ${response.status}`)
  }
}

/** Reads every call's journal as it is published. */
function followJournals (t: Test, redisUrl: string): World['happened'] {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null })
  redis.on('error', () => { /* tests stop and freeze it */ })
  const ended = new AbortController()
  const entries: Array<{ callId: string, entry: CallLogEntry }> = []
  const watchers = new Set<() => void>()
  const following = new LiveCallEvents(redis).follow('0', event => {
    entries.push(event)
    for (const look of watchers) look()
  }, ended.signal)
  t.teardown(async () => {
    ended.abort()
    redis.disconnect()
    await following
  })
  return async (callId, fits) => await new Promise(resolve => {
    const look = (): void => {
      const found = entries.find(event => event.callId === callId && fits(event.entry))
      if (found === undefined) return
      watchers.delete(look)
      resolve(found.entry)
    }
    watchers.add(look)
    look()
  })
}
