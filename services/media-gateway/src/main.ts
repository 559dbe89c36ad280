import { mkdir } from 'node:fs/promises'
import { setFlagsFromString } from 'node:v8'
import { exitOnConfigError } from '@karani/environment'
import closeWithGrace from 'close-with-grace'
import Fastify from 'fastify'
import mediaGateway from './app.ts'
import { folderOf, readConfig } from './config.ts'
import { serverOptions } from './server-options.ts'

// Collect everything when the heap has doubled. By default V8 sees the passing buffers of 100 calls as a heap that is nearly
// full, and stops all calls for 5 to 15 ms every 3 s (docs/measurements.md).
setFlagsFromString('--heap-growing-percent=100')

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
