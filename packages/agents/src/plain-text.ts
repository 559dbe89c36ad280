const MAX_LENGTH = 1_000
const MAX_NAME = 60
/** Deeper than any result of a tool; what lies deeper is left out. */
const MAX_DEPTH = 8

/** Text as a model may be given it: one line, no control or invisible characters, at most `maxLength` characters. */
export function plainText (text: string, maxLength = MAX_LENGTH): string {
  const line = text.replace(/[\p{C}\s]+/gu, ' ').trim()
  return [...line].slice(0, maxLength).join('')
}

/** The same value with every text in it made plain. */
export function plainValues<T> (value: T): T {
  if (typeof value === 'string') return plainText(value) as T
  if (Array.isArray(value)) return value.map(plainValues) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plainValues(inner)])) as T
}

/**
 * JSON from another process as a model may be given it: every text and every name of a field made plain, and no more than about
 * `maxLength` characters in all. From where the room ends, texts are cut, and items and fields left out.
 */
export function plainJson (value: unknown, maxLength: number): unknown {
  let room = maxLength
  const take = (length: number): void => { room -= length }
  const plain = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') {
      const text = plainText(value, Math.max(0, Math.min(room, MAX_LENGTH)))
      take(text.length + 3)
      return text
    }
    if (typeof value !== 'object' || value === null) {
      take(String(value).length + 1)
      return value
    }
    take(2)
    if (depth === MAX_DEPTH) return null
    return Array.isArray(value) ? items(value, depth + 1) : fields(value, depth + 1)
  }
  const items = (values: readonly unknown[], depth: number): unknown[] => {
    const kept: unknown[] = []
    for (const value of values) if (room > 0) kept.push(plain(value, depth))
    return kept
  }
  const fields = (value: object, depth: number): Record<string, unknown> => {
    const kept: Array<[string, unknown]> = []
    for (const [name, inner] of Object.entries(value)) {
      if (room <= 0) break
      const plainName = plainText(name, MAX_NAME)
      take(plainName.length + 4)
      kept.push([plainName, plain(inner, depth)])
    }
    return Object.fromEntries(kept)
  }
  return plain(value, 0)
}
