import fp from 'fastify-plugin'
import { collectDefaultMetrics, Registry } from 'prom-client'
import type { FastifyInstance } from 'fastify'
import { runChecks, type ReadinessCheck } from './readiness.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** What `/metrics` shows. Names start with `karani_`; labels never hold a number, a name or an id. */
    metrics: Registry
    /** `/readyz` is 200 only while each check resolves within a second. */
    addReadinessCheck (name: string, check: ReadinessCheck): void
  }
}

const CHECK_LIMIT_MS = 1_000

/**
 * Adds `GET /healthz` (the process answers), `GET /readyz` (send me work: the checks pass and nobody has asked us to
 * close), `GET /metrics` (Prometheus), `app.metrics` and `app.addReadinessCheck`.
 * A service whose `preClose` takes its time registers this first, and is made with `return503OnClosing: false`: else
 * `/healthz` is 503 as well, and the supervisor ends what should drain.
 */
async function health (app: FastifyInstance): Promise<void> {
  const checks = new Map<string, ReadinessCheck>()
  const metrics = new Registry()
  let closing = false

  collectDefaultMetrics({ register: metrics, prefix: 'karani_' })
  app.decorate('metrics', metrics)
  app.decorate('addReadinessCheck', (name: string, check: ReadinessCheck) => { checks.set(name, check) })
  app.addHook('preClose', async () => { closing = true })

  app.get('/healthz', { logLevel: 'warn' }, async () => ({ status: 'ok' }))

  app.get('/readyz', { logLevel: 'warn' }, async (request, reply) => {
    if (closing) return reply.code(503).send({ status: 'closing' })
    const outcomes = await runChecks(checks, CHECK_LIMIT_MS)
    const ready = Object.values(outcomes).every(outcome => outcome === 'ok')
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', checks: outcomes })
  })

  app.get('/metrics', { logLevel: 'warn' }, async (request, reply) => reply.type(metrics.contentType).send(await metrics.metrics()))
}

export default fp(health, { name: 'health', fastify: '5.x' })
