import fp from 'fastify-plugin'
import { Records, type RecordsOptions } from '@karani/records'
import type { FastifyInstance } from 'fastify'

declare module 'fastify' { interface FastifyInstance { records: Records } }

export type RecordsPluginOptions = Omit<RecordsOptions, 'onError'>

/**
 * Adds `app.records`. A database that is away makes queries fail, in time; it never ends the process. Of an error only its
 * code is logged: its text may hold values.
 */
async function records (app: FastifyInstance, options: RecordsPluginOptions): Promise<void> {
  const records = new Records({
    ...options,
    onError: (error: Error & { code?: string }) => app.log.error({ code: error.code ?? error.name }, 'a database connection was lost')
  })
  app.decorate('records', records)
  app.addHook('onClose', () => records.close())
}

export default fp(records, { name: 'records', fastify: '5.x' })
