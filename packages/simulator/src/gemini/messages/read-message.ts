import type { Static, TSchema } from 'typebox'
import { invalid } from './refusal.ts'

/** The parts of JSON Schema that the message schemas are made of. */
interface Shape {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Shape>>
  readonly items?: Shape
  readonly enum?: readonly unknown[]
  readonly format?: string
}

type Fields = Record<string, unknown>

/**
 * Reads JSON as the service does: every field must be known, `camelCase` and `snake_case` names are the same, null means absent.
 * No field is required: what is missing is the caller's to judge. Returns a copy with `camelCase` names; free objects (a schema without properties) are passed through as they are.
 * `path` is where the value stands, in the service's own notation, such as `setup.generation_config`.
 * @throws Refusal 1007 with the service's wording at the first thing that does not fit
 */
export function readMessage<T extends TSchema> (schema: T, value: unknown, path: string): Static<T> {
  return read(schema as Shape, value, path) as Static<T>
}

function read (shape: Shape, value: unknown, path: string): unknown {
  if (shape.enum !== undefined) return shape.enum.includes(value) ? value : wrongValue(path, 'TYPE_ENUM', value)
  switch (shape.type) {
    case 'object': return readObject(shape, value, path)
    case 'array': return Array.isArray(value) ? value.map((item, n) => read(shape.items ?? {}, item, `${path}[${n}]`)) : wrongValue(path, 'list', value)
    case 'string': return readString(shape, value, path)
    case 'integer': return Number.isInteger(value) ? value : wrongValue(path, 'TYPE_INT32', value)
    case 'number': return typeof value === 'number' ? value : wrongValue(path, 'TYPE_DOUBLE', value)
    case 'boolean': return typeof value === 'boolean' ? value : wrongValue(path, 'TYPE_BOOL', value)
    default: return value
  }
}

function readObject ({ properties }: Shape, value: unknown, path: string): unknown {
  if (!isFields(value)) return wrongValue(path, 'message', value)
  if (properties === undefined) return value
  const fields: Fields = {}
  for (const key in value) {
    const name = camelCase(key)
    const shape = Object.hasOwn(properties, name) ? properties[name] : undefined
    if (shape === undefined) throw unknownName(key, path)
    if (value[key] !== null) fields[name] = read(shape, value[key], fieldPath(path, name))
  }
  return fields
}

/** An int64 travels as a string of digits, as Google's own clients send it. */
function readString ({ format }: Shape, value: unknown, path: string): unknown {
  if (format === 'int64') return typeof value === 'string' && /^-?\d{1,19}$/.test(value) ? value : wrongValue(path, 'TYPE_INT64', value)
  return typeof value === 'string' ? value : wrongValue(path, 'TYPE_STRING', value)
}

export function isFields (value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function unknownName (key: string, path: string): Error {
  return invalid(`Invalid JSON payload received. Unknown name "${key}"${path === '' ? '' : ` at '${path}'`}: Cannot find field.`)
}

function wrongValue (path: string, type: string, value: unknown): never {
  throw invalid(`Invalid value at '${path}' (${type}), ${JSON.stringify(value)}`)
}

function camelCase (name: string): string {
  return name.includes('_') ? name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()) : name
}

export function fieldPath (path: string, name: string): string {
  const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return path === '' ? snake : `${path}.${snake}`
}
