import { Type } from 'typebox'
import { Port, PostgresUrl, readConfig as read, RedisUrl, SharedConfig, type Config as ConfigOf, type Environment } from '@karani/environment'

const ConfigSchema = Type.Object({
  ...SharedConfig,
  PORT: Port({ default: 3003 }),
  REDIS_URL: RedisUrl(),
  DATABASE_URL: PostgresUrl()
})
export type Config = ConfigOf<typeof ConfigSchema>

/** @throws ConfigError naming the variable, when the environment does not fit */
export const readConfig = (env: Environment): Config => read(ConfigSchema, env)
