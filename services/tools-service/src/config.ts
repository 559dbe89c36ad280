import { Type } from 'typebox'
import type { HttpSystemOptions } from '@karani/business-systems'
import { ConfigError, LinesFile, Port, PostgresUrl, readConfig as read, RedisUrl, Secret, SharedConfig, WebUrl, type Config as ConfigOf, type Environment } from '@karani/environment'
import type { KitchenWebhook } from './kitchen/kitchen-webhook.ts'

const Text = (description: string) => Type.Optional(Type.String({ minLength: 1, description }))

/** All of them, or none: then there are no payments. */
const MPESA = {
  /** https://api.safaricom.co.ke, or https://sandbox.safaricom.co.ke to try it out. */
  MPESA_BASE_URL: Type.Optional(WebUrl()),
  MPESA_CONSUMER_KEY: Text('the consumer key of the Daraja app'),
  MPESA_CONSUMER_SECRET: Text('the consumer secret of the Daraja app'),
  MPESA_SHORTCODE: Type.Optional(Type.String({ pattern: '^[0-9]{5,7}$', description: 'the business number, 5 to 7 digits' })),
  MPESA_PASSKEY: Text('the passkey of Lipa na M-Pesa Online'),
  /** Shared with webhook-api, which answers under it. */
  MPESA_CALLBACK_SECRET: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{32,100}$', description: "32 to 100 letters, digits, '_' and '-', for example from 'openssl rand -hex 32'" })),
  /** Where webhook-api is reached from outside. */
  PUBLIC_URL: Type.Optional(WebUrl())
}

/** The business's own systems: each by its URL and what proves to it who asks, or not at all. Then the records are the truth. */
const SYSTEMS = {
  /** Core banking: accounts, and what is told of promises and payments. */
  LENDING_URL: Type.Optional(WebUrl()),
  LENDING_SECRET: Type.Optional(Secret()),
  /** Parcels, and what is told of those that were moved. */
  COURIER_URL: Type.Optional(WebUrl()),
  COURIER_SECRET: Type.Optional(Secret()),
  /** The menu of the till. */
  MENU_URL: Type.Optional(WebUrl()),
  MENU_SECRET: Type.Optional(Secret())
}

const ConfigSchema = Type.Object({
  ...SharedConfig,
  PORT: Port({ default: 3001 }),
  DATABASE_URL: PostgresUrl(),
  REDIS_URL: RedisUrl(),
  LINES_FILE: LinesFile(),
  /** Shared with media-gateway, which signs with it. */
  CALL_TOKEN_SECRET: Secret(),
  /** Where orders are posted; unset, their tickets are only stored. */
  KITCHEN_WEBHOOK_URL: Type.Optional(WebUrl()),
  /** What they are signed with. */
  KITCHEN_WEBHOOK_SECRET: Type.Optional(Secret()),
  ...SYSTEMS,
  ...MPESA,
  MPESA_MAX_KES: Type.Integer({ minimum: 1, maximum: 250_000, default: 250_000, description: 'the most that one request asks for, in whole shillings, at most 250000' })
})
export type Config = ConfigOf<typeof ConfigSchema>

export interface MpesaConfig {
  readonly baseUrl: string
  readonly consumerKey: string
  readonly consumerSecret: string
  readonly shortcode: string
  readonly passkey: string
  readonly callbackUrl: string
  /** Whole shillings of one request. */
  readonly maxAmount: number
}

/** @throws ConfigError naming the variable, when the environment does not fit */
export function readConfig (env: Environment): Config {
  const config = read(ConfigSchema, env)
  if (config.KITCHEN_WEBHOOK_URL !== undefined && config.KITCHEN_WEBHOOK_SECRET === undefined) {
    throw new ConfigError("KITCHEN_WEBHOOK_SECRET: is not set, and KITCHEN_WEBHOOK_URL is; set it to at least 32 characters, for example from 'openssl rand -hex 32'")
  }
  mpesaOf(config)
  systemsOf(config)
  return config
}

/** Null where orders are only stored. */
export const kitchenWebhookOf = ({ KITCHEN_WEBHOOK_URL: url, KITCHEN_WEBHOOK_SECRET: secret }: Config): KitchenWebhook | null =>
  url === undefined || secret === undefined ? null : { url, secret }

/**
 * The access to M-Pesa; null without.
 * @throws ConfigError when only a part of it is set
 */
export function mpesaOf (config: Config): MpesaConfig | null {
  const names = Object.keys(MPESA) as Array<keyof typeof MPESA>
  const isSet = names.filter(name => name !== 'PUBLIC_URL' && config[name] !== undefined)
  if (isSet.length === 0) return null
  const missing = names.find(name => config[name] === undefined)
  if (missing !== undefined) throw new ConfigError(`${missing}: is not set, and ${isSet[0]} is; set all that M-Pesa needs, or nothing of it`)
  return {
    baseUrl: config.MPESA_BASE_URL!,
    consumerKey: config.MPESA_CONSUMER_KEY!,
    consumerSecret: config.MPESA_CONSUMER_SECRET!,
    shortcode: config.MPESA_SHORTCODE!,
    passkey: config.MPESA_PASSKEY!,
    callbackUrl: `${config.PUBLIC_URL!.replace(/\/+$/, '')}/mpesa/callback/${config.MPESA_CALLBACK_SECRET!}`,
    maxAmount: config.MPESA_MAX_KES
  }
}

export interface SystemsConfig { readonly lending: HttpSystemOptions | null, readonly courier: HttpSystemOptions | null, readonly restaurant: HttpSystemOptions | null }

/**
 * The business's own systems; null where the records are the truth.
 * @throws ConfigError when one has a URL and no secret, or the other way round
 */
export function systemsOf (config: Config): SystemsConfig {
  const system = (name: 'LENDING' | 'COURIER' | 'MENU'): HttpSystemOptions | null => {
    const [url, secret] = [config[`${name}_URL`], config[`${name}_SECRET`]]
    if (url !== undefined && secret !== undefined) return { url, secret }
    if (url === undefined && secret === undefined) return null
    const [missing, isSet] = url === undefined ? ['URL', 'SECRET'] : ['SECRET', 'URL']
    throw new ConfigError(`${name}_${missing}: is not set, and ${name}_${isSet} is; set both, or neither`)
  }
  return { lending: system('LENDING'), courier: system('COURIER'), restaurant: system('MENU') }
}
