import { Type } from 'typebox'
import { ConfigError, LinesFile, Port, PostgresUrl, readConfig as read, RedisUrl, Secret, SharedConfig, WebUrl, type Config as ConfigOf, type Environment } from '@karani/environment'
import type { KitchenWebhook } from './kitchen/kitchen-webhook.ts'

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
  KITCHEN_WEBHOOK_SECRET: Type.Optional(Secret())
})
export type Config = ConfigOf<typeof ConfigSchema>

/** @throws ConfigError naming the variable, when the environment does not fit */
export function readConfig (env: Environment): Config {
  const config = read(ConfigSchema, env)
  if (config.KITCHEN_WEBHOOK_URL !== undefined && config.KITCHEN_WEBHOOK_SECRET === undefined) {
    throw new ConfigError("KITCHEN_WEBHOOK_SECRET: is not set, and KITCHEN_WEBHOOK_URL is; set it to at least 32 characters, for example from 'openssl rand -hex 32'")
  }
  return config
}

/** Null where orders are only stored. */
export const kitchenWebhookOf = ({ KITCHEN_WEBHOOK_URL: url, KITCHEN_WEBHOOK_SECRET: secret }: Config): KitchenWebhook | null =>
  url === undefined || secret === undefined ? null : { url, secret }
