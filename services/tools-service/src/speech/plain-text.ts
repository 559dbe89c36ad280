const MAX_LENGTH = 1_000

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
