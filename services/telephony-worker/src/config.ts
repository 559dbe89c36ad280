import { Type } from 'typebox'
import type { HttpSystemOptions } from '@karani/business-systems'
import { ConfigError, Csv, LinesFile, Milliseconds, Port, PostgresUrl, readConfig as read, RedisUrl, Secret, SharedConfig, WebUrl, type Config as ConfigOf, type Environment } from '@karani/environment'

const Count = (minimum: number, fallback: number, description: string) => Type.Integer({ minimum, maximum: 10_000, default: fallback, description })

const ConfigSchema = Type.Object({
  ...SharedConfig,
  PORT: Port({ default: 3003 }),
  REDIS_URL: RedisUrl(),
  DATABASE_URL: PostgresUrl(),
  LINES_FILE: LinesFile(),
  SAUTIKIT_API_URL: WebUrl({ default: 'https://api.sautikit.com' }),
  /** Unset: nobody is dialled. */
  SAUTIKIT_API_KEY: Type.Optional(Type.String({ minLength: 1 })),
  /** The lender's own system: asked whether a reminder is still due. Unset: the records are the truth. */
  LENDING_URL: Type.Optional(WebUrl()),
  LENDING_SECRET: Type.Optional(Secret()),
  /** How the carrier reaches webhook-api. */
  PUBLIC_URL: Type.Optional(WebUrl()),
  WEBHOOK_TOKENS: Csv(Type.String({ pattern: '^[A-Za-z0-9_-]{32,100}$', description: "32 to 100 letters, digits, '_' and '-', for example from 'openssl rand -hex 32'" })),
  /** Of all workers together. */
  CALLS_PER_SECOND: Count(1, 2, 'a whole number of calls'),
  MAX_OUTBOUND_CALLS: Count(0, 10, 'a whole number of calls'),
  /** How long a carrier that fails is left alone before one call is tried. */
  CIRCUIT_OPEN_MS: Milliseconds({ default: 30_000 }),
  /** Of the carrier's money, in minor units: what calls of ours leave for those who ring us. */
  WALLET_RESERVE_MINOR: Type.Integer({ minimum: 0, maximum: 1_000_000_000, default: 10_000, description: 'a whole number of cents' }),
  /** As media-gateway has it: what a call may cost at most. */
  MAX_CALL_MS: Milliseconds({ default: 15 * 60_000 }),
  /** How many calls may talk to a model at once, and how many of these are kept for people who call us. */
  MODEL_SESSIONS: Count(0, 50, 'a whole number of sessions'),
  INBOUND_RESERVE: Count(0, 10, 'a whole number of sessions')
})
export type Config = ConfigOf<typeof ConfigSchema>

/** @throws ConfigError naming the variable, when the environment does not fit */
export function readConfig (env: Environment): Config {
  const config = read(ConfigSchema, env)
  if (config.SAUTIKIT_API_KEY !== undefined && config.PUBLIC_URL === undefined) {
    throw new ConfigError('PUBLIC_URL: is not set, and SAUTIKIT_API_KEY is; set it to how the carrier reaches webhook-api')
  }
  if (config.INBOUND_RESERVE > config.MODEL_SESSIONS) throw new ConfigError('INBOUND_RESERVE: is more than MODEL_SESSIONS; make it smaller')
  lendingOf(config)
  return config
}

/**
 * Null where there is none.
 * @throws ConfigError when it has a URL and no secret, or the other way round
 */
export function lendingOf ({ LENDING_URL: url, LENDING_SECRET: secret }: Config): HttpSystemOptions | null {
  if (url !== undefined && secret !== undefined) return { url, secret }
  if (url === undefined && secret === undefined) return null
  const [missing, isSet] = url === undefined ? ['URL', 'SECRET'] : ['SECRET', 'URL']
  throw new ConfigError(`LENDING_${missing}: is not set, and LENDING_${isSet} is; set both, or neither`)
}
