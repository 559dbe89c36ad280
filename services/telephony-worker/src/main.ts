import closeWithGrace from 'close-with-grace'
import Fastify from 'fastify'
import { exitOnConfigError } from '@karani/environment'
import telephonyWorker from './app.ts'
import { readConfig } from './config.ts'
import { codeOf } from './error-code.ts'

await exitOnConfigError(async () => {
  const config = readConfig(process.env)
  const app = Fastify({ logger: { level: config.LOG_LEVEL }, return503OnClosing: false })
  closeWithGrace({ delay: config.DRAIN_TIMEOUT_MS + 2_000 }, async ({ err }) => {
    if (err) app.log.error({ code: codeOf(err) }, 'closing after a fault')
    await app.close()
  })
  await app.register(telephonyWorker, config)
  await app.listen({ port: config.PORT, host: config.HOST })
})
