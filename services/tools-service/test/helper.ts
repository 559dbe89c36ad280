import { fileURLToPath } from 'node:url'
import fp from 'fastify-plugin'
import Fastify, { type FastifyInstance } from 'fastify'
import pg from 'pg'
import type { Test } from 'tap'
import { signCallToken, type CallClaims } from '@karani/call-token'
import { startPostgres, startRedis } from '@karani/local-stack'
import { migrate, seed } from '@karani/records'
import toolsService from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { serverOptions } from '../src/server-options.ts'

export const SECRET = 'a-secret-of-more-than-32-characters-for-tests'
export const AMINA = '+254712345678'
export const LINES_FILE = fileURLToPath(new URL('../../../config/lines.json', import.meta.url))
/** A Saturday, noon in Nairobi. */
export const NOON = new Date('2026-11-21T09:00:00Z')

export interface ToolReply { status: number, body: { id?: string, output?: Record<string, any>, error?: { code: string, message: string } }, raw: string }

export interface House {
  app: FastifyInstance
  databaseUrl: string
  redisUrl: string
  /** Looks into the database, past the service. */
  db: pg.Client
  clock: { now: Date }
  /** A tool call in a call of the lender from Amina's number, unless said otherwise; with a new function-call id, unless said otherwise. */
  tool (tool: string, args?: object, call?: Partial<CallClaims> & { id?: string }): Promise<ToolReply>
}

export interface BuildOptions {
  logger?: Parameters<typeof serverOptions>[0]
  replicaOf?: House
  env?: Record<string, string>
  kitchenSweepMs?: number
}

let ids = 0

/** A ready service with a database of its own, the demo records in it, that closes with the test. */
export async function build (t: Test, { logger = { level: 'silent' }, replicaOf, env = {}, kitchenSweepMs }: BuildOptions = {}): Promise<House> {
  const databaseUrl = replicaOf?.databaseUrl ?? await demoDatabase(t)
  const redisUrl = replicaOf?.redisUrl ?? await privateRedis(t)
  const clock = replicaOf?.clock ?? { now: NOON }
  const app = Fastify(serverOptions(logger))
  t.teardown(() => app.close())
  const config = readConfig({ DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, CALL_TOKEN_SECRET: SECRET, LINES_FILE, ...env })
  await app.register(fp(toolsService), { ...config, now: () => clock.now, ...(kitchenSweepMs !== undefined && { kitchenSweepMs }) })
  const db = replicaOf?.db ?? await connect(t, databaseUrl)
  return {
    app,
    databaseUrl,
    redisUrl,
    db,
    clock,
    async tool (tool, args = {}, { id = `function-call-${ids++}`, ...call } = {}) {
      const claims: CallClaims = { callId: 'HD_1', agent: 'lender', caller: AMINA, callerTurn: 1, ...call }
      const response = await app.inject({
        method: 'POST',
        url: `/v1/calls/${claims.callId}/tools/${encodeURIComponent(tool)}`,
        headers: { authorization: `Bearer ${await signCallToken(claims, SECRET, clock.now)}` },
        payload: { id, args }
      })
      return { status: response.statusCode, body: response.json(), raw: response.body }
    }
  }
}

async function demoDatabase (t: Test): Promise<string> {
  const server = await startPostgres()
  t.teardown(() => server.stop())
  await migrate(server.url)
  await seed(server.url, NOON)
  return server.url
}

async function privateRedis (t: Test): Promise<string> {
  const server = await startRedis()
  t.teardown(() => server.stop())
  return server.url
}

async function connect (t: Test, url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {}) // the server may end first
  t.teardown(() => client.end())
  await client.connect()
  return client
}

/** Right and wrong answers for the demo borrowers. */
export const answersOf = {
  amina: { nationalIdLast4: '4821', birthYear: 1990 },
  brian: { accountId: 'LN-1002', nationalIdLast4: '7734', birthYear: 1985 },
  nobody: { nationalIdLast4: '0000', birthYear: 1950 }
}
