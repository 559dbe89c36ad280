import { CallContexts, StreamTickets } from '@karani/call-context'
import type { Redis } from 'ioredis'
import type { SubjectOptions } from './subject.ts'

export interface Surroundings { readonly calls: number, readonly modelUrl: string, readonly toolsUrl: string, readonly redisUrl: string, readonly redis: Redis }

const LINE = '+254711000001'
/** Is asked nothing during a bench. */
const NOBODY = 'http://127.0.0.1:9'

/** The media-gateway as it is built, with nothing switched off. */
export function mediaGateway ({ calls, modelUrl, toolsUrl, redisUrl, redis }: Surroundings): SubjectOptions {
  const contexts = new CallContexts(redis)
  const tickets = new StreamTickets(redis)
  return {
    name: 'media-gateway',
    main: 'services/media-gateway/dist/main.js',
    rateHz: 16_000,
    env: {
      REDIS_URL: redisUrl,
      TOOLS_URL: toolsUrl,
      CALL_TOKEN_SECRET: 'a secret that signs nothing during a bench',
      GEMINI_URL: modelUrl,
      GEMINI_API_KEY: 'none',
      SAUTIKIT_API_URL: NOBODY,
      SAUTIKIT_API_KEY: 'none',
      MAX_CALLS: String(calls)
    },
    paths: async round => await Promise.all(Array.from({ length: calls }, async (_, n) => {
      const callId = `bench-${round}-${n}`
      await contexts.open({
        callId, direction: 'inbound', agent: 'lender', line: LINE, businessName: 'Tumaini Credit', caller: null, language: 'en-KE', openedAt: new Date().toISOString()
      })
      return `/audio/${await tickets.mint(callId)}`
    }))
  }
}

/** What it is compared with. The model's audio is passed on at the model's rate. */
export function barePump ({ calls, modelUrl }: Surroundings): SubjectOptions {
  return {
    name: 'bare pump',
    main: 'bench/bare-pump.mjs',
    rateHz: 24_000,
    env: { MODEL_URL: modelUrl },
    paths: async () => Array.from({ length: calls }, () => '/')
  }
}
