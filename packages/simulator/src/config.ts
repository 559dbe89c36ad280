import { Type } from 'typebox'
import { Flag, LinesFile, Port, readConfig as read, WebUrl, type Config as ConfigOf } from '@karani/environment'
import { carrierPresets } from './carrier/carrier-behaviour.ts'
import { DARAJA_MODES, SIMULATED_MERCHANT } from './daraja/index.ts'

const PRESETS = Object.keys(carrierPresets) as Array<keyof typeof carrierPresets>

const ConfigSchema = Type.Object({
  HOST: Type.String({ default: '127.0.0.1', description: 'the address to listen on' }),
  /** The carrier's REST API, and the control API beside it. */
  SIMULATOR_PORT: Port({ default: 3100 }),
  GEMINI_SIMULATOR_PORT: Port({ default: 3101 }),
  DARAJA_SIMULATOR_PORT: Port({ default: 3102 }),
  /** Where calls to any line go. */
  VOICE_URL: WebUrl(),
  EVENTS_URL: Type.Optional(WebUrl()),
  /** Unset: callbacks are not signed. */
  SAUTIKIT_SIGNING_SECRET: Type.Optional(Type.String()),
  /** Where recordings are written. */
  SIMULATOR_DATA_DIR: Type.String({ default: 'data/calls', description: 'the path of a folder' }),
  /** Which of the carrier's contradictions is played. */
  SIMULATED_CARRIER: Type.Enum(PRESETS, { default: 'field', description: `one of ${PRESETS.join(', ')}` }),
  /** What goes wrong with M-Pesa. */
  SIMULATED_MPESA: Type.Enum(DARAJA_MODES, { default: 'paid', description: `one of ${DARAJA_MODES.join(', ')}` }),
  MPESA_SHORTCODE: Type.String({ default: SIMULATED_MERCHANT.shortcode }),
  MPESA_PASSKEY: Type.String({ default: SIMULATED_MERCHANT.passkey }),
  MPESA_CONSUMER_KEY: Type.String({ default: SIMULATED_MERCHANT.consumerKey }),
  MPESA_CONSUMER_SECRET: Type.String({ default: SIMULATED_MERCHANT.consumerSecret }),
  LINES_FILE: LinesFile(),
  ALLOW_PLAINTEXT: Flag()
})
export type Config = ConfigOf<typeof ConfigSchema>

/** @throws ConfigError naming the variable that does not fit */
export function readConfig (env: NodeJS.ProcessEnv): Config {
  return read(ConfigSchema, env)
}
