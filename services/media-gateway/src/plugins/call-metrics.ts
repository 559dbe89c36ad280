import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { Counter, Gauge } from '@karani/plugin-health'

declare module 'fastify' { interface FastifyInstance { callMetrics: CallMetrics } }

export interface CallMetrics {
  /** `code` is a constant of ours: it becomes a label. */
  fault (code: string): void
  toolAnswered (outcome: string): void
  ended (by: string): void
  refused (code: string): void
  untrueFigure (figure: { currency: boolean, correction: boolean }): void
}

/** Adds `app.callMetrics`. Needs `app.metrics` and `app.calls`. */
async function callMetrics (app: FastifyInstance): Promise<void> {
  const registers = [app.metrics]
  const faults = new Counter({ name: 'karani_call_faults_total', help: 'Faults that calls survived or ended by', labelNames: ['code'], registers })
  const tools = new Counter({ name: 'karani_tool_answers_total', help: 'Tool calls of the model by outcome', labelNames: ['outcome'], registers })
  const ended = new Counter({ name: 'karani_calls_ended_total', help: 'Calls by who ended them', labelNames: ['by'], registers })
  const refused = new Counter({ name: 'karani_streams_refused_total', help: 'Media sockets refused at the handshake', labelNames: ['code'], registers })
  const untrue = new Counter({ name: 'karani_untrue_figures_total', help: 'Figures that the clerk spoke and nobody had given', labelNames: ['currency', 'correction'], registers })
  app.metrics.registerMetric(new Gauge({ name: 'karani_calls_live', help: 'Calls live in this process', registers: [], collect () { this.set(app.calls.size) } }))
  app.decorate('callMetrics', {
    fault: code => faults.inc({ code }),
    toolAnswered: outcome => tools.inc({ outcome }),
    ended: by => ended.inc({ by }),
    refused: code => refused.inc({ code }),
    untrueFigure: ({ currency, correction }) => untrue.inc({ currency: String(currency), correction: String(correction) })
  })
}
export default fp(callMetrics, { name: 'call-metrics', fastify: '5.x', dependencies: ['health', 'calls'] })
