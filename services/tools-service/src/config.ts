import { Type } from 'typebox'
import { LinesFile, Port, PostgresUrl, readConfig as read, Secret, SharedConfig, type Config as ConfigOf, type Environment } from '@karani/environment'

const ConfigSchema = Type.Object({
  ...SharedConfig,
  PORT: Port({ default: 3001 }),
  DATABASE_URL: PostgresUrl(),
  LINES_FILE: LinesFile(),
  /** Shared with media-gateway, which signs with it. */
  CALL_TOKEN_SECRET: Secret()
})
export type Config = ConfigOf<typeof ConfigSchema>

/** @throws ConfigError naming the variable, when the environment does not fit */
export const readConfig = (env: Environment): Config => read(ConfigSchema, env)
