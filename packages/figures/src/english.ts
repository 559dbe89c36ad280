import { literalAt, withRest, wordAt, type Numeral } from './numerals.ts'
import { DIGITS, ENGLISH_SCALES, ENGLISH_TEENS, ENGLISH_TENS, ENGLISH_UNITS, ZERO } from './number-words.ts'
import type { Token } from './tokens.ts'

/** `two thousand five hundred`, `twenty-five hundred`, `a thousand and fifty`, `two and a half million`, `1.5k`, `four fifty`. */
export function englishNumerals (tokens: readonly Token[], at: number): Numeral[] {
  if (ZERO.has(wordAt(tokens, at, true) ?? '')) return [{ value: 0, next: at + 1 }]
  return [...scaled(tokens, at, Infinity), ...groups(tokens, at)]
}

/** A number of thousands or millions, and what follows it. */
function scaled (tokens: readonly Token[], at: number, below: number): Numeral[] {
  return [...groups(tokens, at), ...halves(tokens, at), { value: 1, next: at }].flatMap(({ value, next }) => {
    const scale = ENGLISH_SCALES.get(wordAt(tokens, next, next === at) ?? '')
    if (scale === undefined || scale >= below || !isScale(tokens, next)) return []
    const base = { value: value * scale, next: next + 1 }
    return withRest(base, tokens, { and: 'and', below: scale, read: (rest, from) => [...scaled(rest, from, scale), ...groups(rest, from)] })
  })
}

/** `k` and `m` are scales only where they touch a figure, `grand` only behind one: `2k`, but not `a grand total`. */
function isScale (tokens: readonly Token[], at: number): boolean {
  const [before, { text, from }] = [tokens[at - 1], tokens[at]!]
  if (text === 'grand') return before !== undefined && before.text !== 'a' && (before.type === 'number' || small(tokens, at - 1, true).length > 0)
  return text.length > 1 || (before?.type === 'number' && before.to === from)
}

/** What may stand before a scale: up to 9,999 in words, a figure, or two numbers of which the first counts hundreds. */
function groups (tokens: readonly Token[], at: number): Numeral[] {
  const first = [...small(tokens, at, true), ...literalAt(tokens, at, true)]
  const article = wordAt(tokens, at, true) === 'a' ? [{ value: 1, next: at + 1 }] : []
  const hundreds = [...first, ...article, { value: 1, next: at }].flatMap(({ value, next }) => {
    if (wordAt(tokens, next, next === at) !== 'hundred') return []
    return withRest({ value: value * 100, next: next + 1 }, tokens, { and: 'and', below: 100, read: (rest, from) => [...small(rest, from), ...literalAt(rest, from)] })
  })
  const articled = article.filter(({ next }) => ENGLISH_SCALES.has(wordAt(tokens, next) ?? ''))
  return [...first, ...articled, ...hundreds, ...first.flatMap(whole => decimals(whole, tokens)), ...pairs(tokens, at)]
}

/** 1 to 99. */
function small (tokens: readonly Token[], at: number, first = false): Numeral[] {
  const word = wordAt(tokens, at, first) ?? ''
  const tens = ENGLISH_TENS.get(word)
  const alone = tens ?? ENGLISH_TEENS.get(word) ?? ENGLISH_UNITS.get(word)
  if (alone === undefined) return []
  const unit = tens === undefined || tokens[at + 1]?.gap !== 'join' ? undefined : ENGLISH_UNITS.get(wordAt(tokens, at + 1) ?? '')
  return [{ value: alone, next: at + 1 }, ...(unit === undefined ? [] : [{ value: tens! + unit, next: at + 2 }])]
}

/** `four fifty` is 450, `nineteen ninety` is 1990, `twenty oh five` is 2005. */
function pairs (tokens: readonly Token[], at: number): Numeral[] {
  return small(tokens, at, true).flatMap(({ value, next }) => {
    if (tokens[next]?.gap !== 'join') return []
    const zero = ['oh', 'o'].includes(wordAt(tokens, next) ?? '')
    return small(tokens, zero ? next + 1 : next)
      .filter(second => zero ? second.value < 10 : second.value >= 10)
      .map(second => ({ value: value * 100 + second.value, next: second.next }))
  })
}

/** `two point five`. */
function decimals ({ value, next }: Numeral, tokens: readonly Token[]): Numeral[] {
  if (wordAt(tokens, next) !== 'point') return []
  let digits = ''
  let at = next + 1
  for (let digit = DIGITS.get(wordAt(tokens, at) ?? ''); digit !== undefined; digit = DIGITS.get(wordAt(tokens, ++at) ?? '')) digits += digit
  return digits === '' ? [] : [{ value: Number(`${value}.${digits}`), next: at }]
}

/** `half a`, `one and a half`, `two and a half`, before a scale. */
function halves (tokens: readonly Token[], at: number): Numeral[] {
  const saysHalf = (from: number): boolean => ['and', 'a', 'half'].every((word, n) => wordAt(tokens, from + n) === word)
  if (wordAt(tokens, at, true) === 'half' && wordAt(tokens, at + 1) === 'a') return [{ value: 0.5, next: at + 2 }]
  return [...small(tokens, at, true), ...literalAt(tokens, at, true)].filter(({ next }) => saysHalf(next)).map(({ value, next }) => ({ value: value + 0.5, next: next + 3 }))
}
