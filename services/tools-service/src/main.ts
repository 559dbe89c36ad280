import closeWithGrace from 'close-with-grace'
import Fastify from 'fastify'
import { exitOnConfigError } from '@karani/environment'
import toolsService from './app.ts'
import { readConfig } from './config.ts'
import { faultOf } from './fault.ts'
import { serverOptions } from './server-options.ts'

await exitOnConfigError(async () => {
  const config = readConfig(process.env)
  const app = Fastify(serverOptions({ level: config.LOG_LEVEL }))
  closeWithGrace({ delay: config.DRAIN_TIMEOUT_MS + 2_000 }, async ({ err }) => {
    if (err) app.log.error({ fault: faultOf(err) }, 'closing after a fault')
    await app.close()
  })
  await app.register(toolsService, config)
  await app.listen({ port: config.PORT, host: config.HOST })
})
