// Whether time tells if an account exists: node --conditions=@karani/source --import tsx bench/identity-timing.ts [rounds]
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import Fastify from 'fastify'
import pg from 'pg'
import { signCallToken } from '@karani/call-token'
import { startPostgres } from '@karani/local-stack'
import { migrate, seed } from '@karani/records'
import toolsService from '../services/tools-service/src/app.ts'
import { readConfig } from '../services/tools-service/src/config.ts'
import { quantile } from './quantile.ts'

const SECRET = 'a-secret-of-more-than-32-characters-for-a-bench'
const CALLERS = { known: '+254712345678', unknown: '+254700000099' }
const ANSWERS = { nationalIdLast4: '0000', birthYear: 1950 }
const QUESTIONS = { getAccount: {}, verifyIdentity: ANSWERS, 'verifyIdentity with an account': ANSWERS }
const CANDIDATES = { known: 'LN-1002', unknown: 'LN-9999' }

const rounds = Number(process.argv[2] ?? 1_000)
const postgres = await startPostgres()
await migrate(postgres.url)
await seed(postgres.url, new Date())
const db = new pg.Client({ connectionString: postgres.url })
await db.connect()
const app = Fastify()
await app.register(toolsService, readConfig({ DATABASE_URL: postgres.url, CALL_TOKEN_SECRET: SECRET, LINES_FILE: fileURLToPath(new URL('../config/lines.json', import.meta.url)) }))

for (const [question, answers] of Object.entries(QUESTIONS)) {
  const tookMs = { known: [] as number[], unknown: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    if (round % 5 === 0) await db.query('truncate business.verification_attempts') // a locked account is not looked at
    for (const who of round % 2 === 0 ? ['known', 'unknown'] as const : ['unknown', 'known'] as const) {
      const [tool = '', byAccount] = question.split(' with ')
      const callId = `HD_${who}_${question.length}_${round}`
      const args = byAccount === undefined ? answers : { ...answers, accountId: CANDIDATES[who] }
      const token = await signCallToken({ callId, agent: 'lender', caller: byAccount === undefined ? CALLERS[who] : null, callerTurn: 1 }, SECRET)
      const started = performance.now()
      await app.inject({ method: 'POST', url: `/v1/calls/${callId}/tools/${tool}`, headers: { authorization: `Bearer ${token}` }, payload: { id: 'f', args } })
      if (round >= rounds / 10) tookMs[who].push(performance.now() - started)
    }
  }
  const at = (q: number) => [quantile(tookMs.known, q), quantile(tookMs.unknown, q)] as const
  const [[known50, unknown50], [known95, unknown95]] = [at(0.5), at(0.95)]
  console.log(`${question}: p50 ${known50.toFixed(2)} / ${unknown50.toFixed(2)} ms, p95 ${known95.toFixed(2)} / ${unknown95.toFixed(2)} ms (known / unknown), difference at p95 ${Math.abs(known95 - unknown95).toFixed(2)} ms`)
}

await app.close()
await db.end()
await postgres.stop()
