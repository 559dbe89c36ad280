import { Type, type TSchemaOptions, type TString } from 'typebox'

type Options<T> = TSchemaOptions & { default?: T }

/** 0 asks the system for a free port. */
export const Port = (options: Options<number> = {}) => Type.Integer({ minimum: 0, maximum: 65_535, description: 'a port from 0 to 65535', ...options })

export const Milliseconds = (options: Options<number> = {}) => Type.Integer({ minimum: 0, description: 'a whole number of milliseconds', ...options })

export const Flag = (options: Options<boolean> = {}) => Type.Boolean({ default: false, description: 'true or false', ...options })

/** A key that we choose ourselves. Someone else's API key is opaque, and may be shorter. */
export const Secret = (options: Options<string> = {}) => Type.String({ minLength: 32, description: "at least 32 characters, for example from 'openssl rand -hex 32'", ...options })

/** Comma separated; spaces around an item and empty items do not count. Unset is an empty list. */
export const Csv = (item: TString, options: Options<string[]> & { minItems?: number } = {}) =>
  Type.Array(item, { default: [], description: `a comma separated list; each item is ${'description' in item ? String(item.description) : 'a text'}`, ...options })

export const WebUrl = (options: Options<string> = {}) => url(['https:', 'http:'], 'https://host', options)
export const SocketUrl = (options: Options<string> = {}) => url(['wss:', 'ws:'], 'wss://host', options)
/** Or the path of a Unix socket. */
export const RedisUrl = (options: Options<string> = {}) => url(['rediss:', 'redis:', '/'], 'rediss://host:6379', options)
/** Or the path of the folder of a Unix socket. */
export const PostgresUrl = (options: Options<string> = {}) => url(['postgres:', 'postgresql:', '/'], 'postgres://user:password@host:5432/database?sslmode=verify-full', options)

/** `beginnings`: the protocols that will do, and `/` where an absolute path will. */
function url (beginnings: string[], example: string, options: Options<string>) {
  const fits = (text: string): boolean => beginnings.includes(text.startsWith('/') ? '/' : protocolOf(text))
  return Type.Refine(Type.String({ description: `a URL such as ${example}`, ...options }), fits, () => `must be a URL that begins with ${beginnings.join(' or ')}`)
}

const protocolOf = (text: string): string => URL.canParse(text) ? new URL(text).protocol : ''
