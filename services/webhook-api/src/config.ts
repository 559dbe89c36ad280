import { Type, type TString } from 'typebox'
import { ConfigError, Csv, Flag, LinesFile, Port, PostgresUrl, readConfig as read, RedisUrl, SharedConfig, SocketUrl, WebUrl, type Config as ConfigOf, type Environment } from '@karani/environment'

/** Paths are put at its end. */
const BaseUrl = (url: TString) => Type.Refine(url, text => !/[?#]/.test(text), () => 'must have neither a query nor a fragment')

const ConfigSchema = Type.Object({
  ...SharedConfig,
  PORT: Port({ default: 3000 }),
  /** How the carrier reaches this service: with MEDIA_URL the only source of the URLs that we hand out. */
  PUBLIC_URL: BaseUrl(WebUrl()),
  MEDIA_URL: BaseUrl(SocketUrl()),
  REDIS_URL: RedisUrl(),
  LINES_FILE: LinesFile(),
  SAUTIKIT_SIGNING_SECRETS: Csv(Type.String({ minLength: 1 })),
  WEBHOOK_TOKENS: Csv(Type.String({ pattern: '^[A-Za-z0-9_-]{32,100}$', description: "32 to 100 letters, digits, '_' and '-', for example from 'openssl rand -hex 32'" })),
  ALLOW_UNSIGNED_WEBHOOKS: Flag(),
  /** Bearer tokens of the campaign API. Unset: there is none. */
  API_TOKENS: Csv(Type.String({ pattern: '^[A-Za-z0-9_-]{32,100}$', description: "32 to 100 letters, digits, '_' and '-', for example from 'openssl rand -hex 32'" })),
  /** For the campaign API alone. */
  DATABASE_URL: Type.Optional(PostgresUrl()),
  /** Ends the URL of M-Pesa's callbacks, which nothing else proves. Unset: there are no payments. */
  MPESA_CALLBACK_SECRET: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{32,100}$', description: "32 to 100 letters, digits, '_' and '-', for example from 'openssl rand -hex 32'" }))
})
export type Config = ConfigOf<typeof ConfigSchema>

/** @throws ConfigError naming the variable, when the environment does not fit or would let anybody speak as the carrier */
export function readConfig (env: Environment): Config {
  const config = read(ConfigSchema, env)
  if (config.ALLOW_UNSIGNED_WEBHOOKS && !(isLoopback(config.HOST) && isLoopback(new URL(config.PUBLIC_URL).hostname))) {
    throw new ConfigError('ALLOW_UNSIGNED_WEBHOOKS: is for one machine alone, and HOST or PUBLIC_URL is not loopback; remove it and set SAUTIKIT_SIGNING_SECRETS or WEBHOOK_TOKENS')
  }
  if (!config.ALLOW_UNSIGNED_WEBHOOKS && config.SAUTIKIT_SIGNING_SECRETS.length + config.WEBHOOK_TOKENS.length === 0) {
    throw new ConfigError('SAUTIKIT_SIGNING_SECRETS: is not set, and neither is WEBHOOK_TOKENS; set one of them to what the carrier signs with, or to what its webhook URLs end in')
  }
  if (config.API_TOKENS.length > 0 && config.DATABASE_URL === undefined) {
    throw new ConfigError('DATABASE_URL: is not set, and the campaign API needs it; set it, or remove API_TOKENS to do without the API')
  }
  return Object.freeze({ ...config, PUBLIC_URL: withoutSlash(config.PUBLIC_URL), MEDIA_URL: withoutSlash(config.MEDIA_URL) })
}

const withoutSlash = (url: string): string => url.replace(/\/+$/, '')

function isLoopback (host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)
}
