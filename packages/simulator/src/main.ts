import closeWithGrace from 'close-with-grace'
import { exitOnConfigError } from '@karani/environment'
import { readLines } from '@karani/lines'
import { synthesize } from '@karani/speech'
import { carrierPresets } from './carrier/carrier-behaviour.ts'
import { startCarrier } from './carrier/start-carrier.ts'
import { clerkBrain } from './clerk/index.ts'
import { readConfig } from './config.ts'
import { CalleeDesk } from './control/callee-desk.ts'
import { CallDesk } from './control/call-desk.ts'
import { controlApi } from './control/control-api.ts'
import { mpesaRoutes } from './control/mpesa-routes.ts'
import { darajaModes, startDaraja } from './daraja/index.ts'
import { startGemini } from './gemini/index.ts'

const CLOSE_TIMEOUT_MS = 5_000
// Quicker than what they stand for: somebody who tries a call at a desk does not wait for a simulated network and thought.
const QUICK_CARRIER = { connectDelayMs: 300 }
const QUICK_MODEL = { silenceDurationMs: 200, firstAudioMs: [0, 50], afterToolMs: [0, 50] } as const

await exitOnConfigError(async () => {
  const config = readConfig(process.env)
  const lines = readLines(config.LINES_FILE)
  const { VOICE_URL: voiceUrl, EVENTS_URL: eventsUrl, SAUTIKIT_SIGNING_SECRET: signingSecret } = config
  const routing = { voiceUrl, ...(eventsUrl !== undefined && { eventsUrl }), ...(signingSecret !== undefined && { signingSecret }) }
  const gemini = await startGemini({ host: config.HOST, port: config.GEMINI_SIMULATOR_PORT, behaviour: QUICK_MODEL, createBrain: clerkBrain })
  const daraja = await startDaraja({
    host: config.HOST,
    port: config.DARAJA_SIMULATOR_PORT,
    merchant: { shortcode: config.MPESA_SHORTCODE, passkey: config.MPESA_PASSKEY, consumerKey: config.MPESA_CONSUMER_KEY, consumerSecret: config.MPESA_CONSUMER_SECRET },
    behaviour: darajaModes[config.SIMULATED_MPESA],
    allowPlaintext: config.ALLOW_PLAINTEXT
  })
  const carrier = await startCarrier({
    host: config.HOST,
    port: config.SIMULATOR_PORT,
    numbers: lines.lines.map(({ number }) => ({ number, ...routing })),
    behaviour: { ...carrierPresets[config.SIMULATED_CARRIER], ...QUICK_CARRIER },
    speak: async text => await synthesize(text),
    async extend (app, carrier) {
      await app.register(controlApi, { prefix: '/simulator', desk: new CallDesk({ carrier, lines, dataDir: config.SIMULATOR_DATA_DIR }), called: new CalleeDesk({ carrier, lines }) })
      await app.register(mpesaRoutes, { prefix: '/simulator', daraja })
    }
  })
  closeWithGrace({ delay: CLOSE_TIMEOUT_MS }, async ({ err }) => {
    if (err) console.error(err)
    await carrier.close()
    await gemini.close()
    await daraja.close()
  })
  console.log(`simulator: carrier ${carrier.url}, model ${gemini.url}, M-Pesa ${daraja.url}`)
})
