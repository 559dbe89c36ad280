import { Type } from 'typebox'
import { Flag, Milliseconds } from './variables.ts'

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** What every service reads, to be spread into its schema. */
export const SharedConfig = {
  HOST: Type.String({ default: '127.0.0.1', description: 'the address to listen on' }),
  LOG_LEVEL: Type.Enum(LOG_LEVELS, { default: 'info', description: `one of ${LOG_LEVELS.join(', ')}` }),
  /** The longest call, and a minute. */
  DRAIN_TIMEOUT_MS: Milliseconds({ default: 16 * 60_000 }),
  /** Inside a private network, URLs without encryption are accepted for every host. */
  ALLOW_PLAINTEXT: Flag()
}

/** Where the lines are described, relative to the working directory. */
export const LinesFile = () => Type.String({ default: 'config/lines.json', description: 'the path of a lines file' })
