import fp from 'fastify-plugin'
import { Histogram } from '@karani/plugin-health'
import type { FastifyInstance } from 'fastify'

declare module 'fastify' { interface FastifyInstance { toolCallSeconds: Histogram<'tool' | 'outcome'> } }

/** Adds `app.toolCallSeconds`: how long tool calls take, by tool and by outcome, which is `ok` or the code of a refusal. */
async function toolCallSeconds (app: FastifyInstance): Promise<void> {
  app.decorate('toolCallSeconds', new Histogram({
    name: 'karani_tool_call_seconds',
    help: 'Time that a tool call took, those that failed left out.',
    labelNames: ['tool', 'outcome'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [app.metrics]
  }))
}

export default fp(toolCallSeconds, { name: 'tool-call-seconds', fastify: '5.x', dependencies: ['health'] })
