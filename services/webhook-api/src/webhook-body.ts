import type { FastifyRequest } from 'fastify'
import { BodyMalformedError } from './errors.ts'

/** The carrier sends about twenty. */
const MAX_FIELDS = 100

/**
 * The fields of a webhook's body, a form or JSON. Stricter than either format: an object at the top, no name twice in a
 * form, no name that reaches an object's prototype, so that no two readers of a body can see different things in it.
 * @throws BODY_MALFORMED
 */
export function readBody ({ mediaType, body }: FastifyRequest): Record<string, unknown> {
  if (!Buffer.isBuffer(body)) throw new BodyMalformedError()
  return mediaType === 'application/json' ? readJson(body) : readForm(body)
}

function readForm (body: Buffer): Record<string, string> {
  const fields = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(body.toString())) {
    if (fields.has(name) || isPrototypal(name) || fields.size === MAX_FIELDS) throw new BodyMalformedError()
    fields.set(name, value)
  }
  return Object.fromEntries(fields)
}

function readJson (body: Buffer): Record<string, unknown> {
  const value = parse(body.toString())
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BodyMalformedError()
  return value as Record<string, unknown>
}

function parse (text: string): unknown {
  let fields = 0
  try {
    return JSON.parse(text, (name, value) => {
      if (isPrototypal(name) || ++fields > MAX_FIELDS) throw new BodyMalformedError()
      return value
    })
  } catch (err) { // also a nesting too deep for the reviver
    throw new BodyMalformedError({ cause: err })
  }
}

const isPrototypal = (name: string): boolean => name === '__proto__' || name === 'constructor' || name === 'prototype'
