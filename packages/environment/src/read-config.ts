import { Type, type Static, type TObject, type TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { ConfigError } from './config-error.ts'
import { leavesInPlaintext } from './plaintext.ts'

export type Environment = Readonly<Record<string, string | undefined>>
export type Config<T extends TObject> = Readonly<Static<T>>

/**
 * Reads the variables that the schema names; others are not looked at, and an empty one counts as unset.
 * A URL that leaves the machine unencrypted is refused, unless the schema has `ALLOW_PLAINTEXT` and it is true.
 * @throws ConfigError for the first variable that does not fit
 */
export function readConfig<T extends TObject> (schema: T, env: Environment): Config<T> {
  const entries = Object.entries(schema.properties).map(([name, variable]) => [name, readVariable(name, variable, env[name])] as const)
  const config = Object.fromEntries(entries.filter(([, value]) => value !== undefined))
  if (config['ALLOW_PLAINTEXT'] !== true) refusePlaintext(config)
  return Object.freeze(config) as Config<T>
}

function readVariable (name: string, variable: TSchema, text = ''): unknown {
  const isUnset = text === ''
  if (isUnset && Type.IsOptional(variable)) return undefined
  const value = isUnset ? Value.Default(variable, undefined) : valueOf(variable, text)
  const fault = Value.Errors(variable, value)[0]
  if (fault === undefined) return value
  const remedy = 'description' in variable ? `set it to ${String(variable.description)}` : 'correct it'
  throw new ConfigError(`${name}: ${isUnset ? 'is not set' : fault.message}; ${remedy}`)
}

/** Text as the type that the schema asks for; text that cannot be that type stays text, and does not fit. */
function valueOf (variable: TSchema, text: string): unknown {
  if (Type.IsArray(variable)) return text.split(',').map(item => item.trim()).filter(item => item !== '')
  if (Type.IsInteger(variable)) return /^-?\d+$/.test(text) ? Number(text) : text
  if (Type.IsBoolean(variable)) return text === 'true' || (text === 'false' ? false : text)
  return text
}

function refusePlaintext (config: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(config)) {
    if ([value].flat().some(text => typeof text === 'string' && leavesInPlaintext(text))) {
      throw new ConfigError(`${name}: is not encrypted, and its host is not this machine; use an encrypted URL, or set ALLOW_PLAINTEXT=true inside a private network`)
    }
  }
}
