import { mkdir } from 'node:fs/promises'
import { exitOnConfigError } from '@karani/environment'
import closeWithGrace from 'close-with-grace'
import Fastify from 'fastify'
import mediaGateway from './app.ts'
import { folderOf, readConfig } from './config.ts'
import { serverOptions } from './server-options.ts'

await exitOnConfigError(async () => {
  const config = readConfig(process.env)
  const recordings = folderOf(config.RECORDINGS_URL)
  if (recordings !== null) await mkdir(recordings, { recursive: true })
  const app = Fastify(serverOptions({ level: config.LOG_LEVEL }))
  closeWithGrace({ delay: config.DRAIN_TIMEOUT_MS + 20_000, logger: app.log }, async ({ err }) => {
    if (err) app.log.error({ err }, 'closing after a fault')
    await app.close()
  })
  await app.register(mediaGateway, config)
  await app.listen({ port: config.PORT, host: config.HOST })
})
