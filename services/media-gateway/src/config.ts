import { fileURLToPath } from 'node:url'
import { ConfigError, LinesFile, Milliseconds, Port, readConfig as readEnvironment, RedisUrl, Secret, SharedConfig, SocketUrl, WebUrl, type Environment } from '@karani/environment'
import { Type, type Static } from 'typebox'

const ConfigSchema = Type.Object({
  ...SharedConfig,
  PORT: Port({ default: 8080 }),
  REDIS_URL: RedisUrl(),
  LINES_FILE: LinesFile(),
  TOOLS_URL: WebUrl(),
  CALL_TOKEN_SECRET: Secret(),
  /** The models that this build knows. */
  LIVE_MODEL: Type.Literal('gemini', { default: 'gemini', description: 'gemini' }),
  GEMINI_API_KEY: Type.String({ minLength: 1, description: 'the API key of Google AI Studio' }),
  GEMINI_URL: SocketUrl({ default: 'wss://generativelanguage.googleapis.com' }),
  GEMINI_MODEL: Type.String({ default: 'gemini-3.8-live', minLength: 1, description: 'the id of a live model' }),
  SAUTIKIT_API_URL: WebUrl({ default: 'https://api.sautikit.com' }),
  SAUTIKIT_API_KEY: Type.String({ minLength: 1, description: 'the API key of the Sautikit workspace' }),
  MAX_CALLS: Type.Integer({ minimum: 1, default: 200, description: 'how many calls this process may hold' }),
  MAX_CALL_MS: Milliseconds({ default: 15 * 60_000 }),
  /** From the opened stream to a model that is set up, one retry included; then the caller hears the apology. */
  MODEL_CONNECT_TIMEOUT_MS: Milliseconds({ default: 1_500 }),
  RECORDINGS_URL: Type.Optional(Type.String({ description: 'a folder as file:///path, or unset for no recording' }))
})
export type Config = Readonly<Static<typeof ConfigSchema>>

/** @throws ConfigError naming the variable */
export function readConfig (env: Environment): Config {
  const config = readEnvironment(ConfigSchema, env)
  folderOf(config.RECORDINGS_URL)
  return config
}

/** The folder for recordings; null when calls are not recorded. */
export function folderOf (recordingsUrl: string | undefined): string | null {
  if (recordingsUrl === undefined) return null
  if (!recordingsUrl.startsWith('file:')) throw new ConfigError('RECORDINGS_URL: only a folder is supported; set it to file:///path, or unset it')
  try {
    return fileURLToPath(recordingsUrl).replace(/\/+$/, '')
  } catch (cause) {
    throw new ConfigError('RECORDINGS_URL: is not an absolute path; set it to file:///path, or unset it', { cause })
  }
}
