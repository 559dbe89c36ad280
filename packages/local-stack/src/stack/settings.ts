import path from 'node:path'
import { PROJECT_FOLDER } from '../project-folder.ts'
import type { Ports } from './ports.ts'
import type { Settings } from './services.ts'

/**
 * Which of the outside parties are played by the simulator: those for which `env` holds no key. People who really call are
 * never told of payments that are simulated: without keys there is no M-Pesa beside the real carrier.
 */
export interface Simulated { carrier: boolean, model: boolean, mpesa: boolean }

export function simulatedIn (env: Settings): Simulated {
  const modelKey = env.LIVE_MODEL === 'openai' ? env.OPENAI_API_KEY : env.GEMINI_API_KEY
  const carrier = !env.SAUTIKIT_API_KEY
  return { carrier, model: !modelKey, mpesa: carrier && !env.MPESA_CONSUMER_KEY }
}

/** How tools-service is known to the simulated M-Pesa; the shortcode is that of the real sandbox. */
const SIMULATED_MERCHANT = { MPESA_SHORTCODE: '174379', MPESA_PASSKEY: 'simulated-passkey', MPESA_CONSUMER_KEY: 'simulated', MPESA_CONSUMER_SECRET: 'simulated' }

/** How the services of one stack find each other and the simulator. */
export function wiring (ports: Ports, simulated: Simulated): Settings {
  const at = (protocol: string, port: number) => `${protocol}://127.0.0.1:${port}`
  return {
    HOST: '127.0.0.1',
    LINES_FILE: path.join(PROJECT_FOLDER, 'config/lines.json'),
    LOG_LEVEL: 'info',
    DRAIN_TIMEOUT_MS: '2000',
    TOOLS_URL: at('http', ports['tools-service']),
    LIVE_MODEL: 'gemini',
    ...(simulated.model && { GEMINI_URL: at('ws', ports['gemini-simulator']), GEMINI_API_KEY: 'simulated' }),
    ...(simulated.mpesa && { MPESA_BASE_URL: at('http', ports['daraja-simulator']), ...SIMULATED_MERCHANT }),
    ...(simulated.carrier
      ? {
          PUBLIC_URL: at('http', ports['webhook-api']),
          MEDIA_URL: at('ws', ports['media-gateway']),
          SAUTIKIT_API_URL: at('http', ports.simulator),
          SAUTIKIT_API_KEY: 'simulated'
        }
      : { SAUTIKIT_API_URL: 'https://api.sautikit.com' })
  }
}

/** The secrets of a stack, without that of M-Pesa's callbacks where there is no M-Pesa: half of its settings would be a mistake. */
export function usableSecrets ({ MPESA_CALLBACK_SECRET: callbackSecret, ...secrets }: Settings, { mpesa }: Simulated, env: Settings): Settings {
  return mpesa || env.MPESA_CONSUMER_KEY ? { ...secrets, ...(callbackSecret !== undefined && { MPESA_CALLBACK_SECRET: callbackSecret }) } : secrets
}

/** What the simulator's own process is told. */
export function simulatorSettings (ports: Ports, settings: Settings, dataDir: string): Settings {
  const webhooks = `http://127.0.0.1:${ports['webhook-api']}`
  return {
    SIMULATOR_PORT: String(ports.simulator),
    GEMINI_SIMULATOR_PORT: String(ports['gemini-simulator']),
    DARAJA_SIMULATOR_PORT: String(ports['daraja-simulator']),
    ...SIMULATED_MERCHANT,
    VOICE_URL: `${webhooks}/voice`,
    EVENTS_URL: `${webhooks}/events`,
    SAUTIKIT_SIGNING_SECRET: settings.SAUTIKIT_SIGNING_SECRETS?.split(',')[0] ?? '',
    SIMULATOR_DATA_DIR: path.join(dataDir, 'calls'),
    LINES_FILE: settings.LINES_FILE ?? '',
    ...(settings.SIMULATED_CARRIER !== undefined && { SIMULATED_CARRIER: settings.SIMULATED_CARRIER }),
    ...(settings.SIMULATED_MPESA !== undefined && { SIMULATED_MPESA: settings.SIMULATED_MPESA })
  }
}
