import { literalAt, withRest, wordAt, type Numeral } from './numerals.ts'
import { ENGLISH_UNITS, KISWAHILI_HUNDRED, KISWAHILI_SCALES, KISWAHILI_TENS, KISWAHILI_UNITS } from './number-words.ts'
import type { Token } from './tokens.ts'

/**
 * `elfu mbili na mia tano`, `mia tano`, `laki moja na nusu`, `elfu 2`. A scale stands before what it is multiplied with, so
 * `elfu ishirini na tano` is 25,000 and 20,005: both are among the numerals.
 */
export function kiswahiliNumerals (tokens: readonly Token[], at: number): Numeral[] {
  return [...scaled(tokens, at, Infinity), ...underThousand(tokens, at, true)]
}

function scaled (tokens: readonly Token[], at: number, below: number): Numeral[] {
  const scale = KISWAHILI_SCALES.get(wordAt(tokens, at, true) ?? '')
  if (scale === undefined) return countedBefore(tokens, at, below)
  if (scale >= below) return []
  const factors = [...underThousand(tokens, at + 1), ...literalAt(tokens, at + 1), ...english(tokens, at + 1)].filter(({ next }) => tokens[at + 1]?.gap === 'join' && next > at + 1)
  const bases = factors.length > 0 ? factors.reverse().map(({ value, next }) => ({ value: value * scale, next })) : [{ value: scale, next: at + 1 }]
  return bases.flatMap(base => continued(base, tokens, scale))
}

/** `ishirini na tano elfu`: the other way round, where nothing follows that the scale could multiply. */
function countedBefore (tokens: readonly Token[], at: number, below: number): Numeral[] {
  return [...underThousand(tokens, at, true), ...literalAt(tokens, at, true)].flatMap(({ value, next }) => {
    const scale = KISWAHILI_SCALES.get(wordAt(tokens, next) ?? '')
    if (scale === undefined || scale >= below || underThousand(tokens, next + 1).length > 0 || literalAt(tokens, next + 1).length > 0) return []
    return continued({ value: value * scale, next: next + 1 }, tokens, scale)
  })
}

/** What may follow a scale and its factor: half of the scale again, or something smaller. */
function continued (base: Numeral, tokens: readonly Token[], scale: number): Numeral[] {
  const saysHalf = wordAt(tokens, base.next) === 'na' && wordAt(tokens, base.next + 1) === 'nusu'
  const half = saysHalf ? [{ value: base.value + scale / 2, next: base.next + 2 }] : []
  return [...half, ...withRest(base, tokens, { and: 'na', below: scale, read: (rest, from) => [...scaled(rest, from, scale), ...underThousand(rest, from, true), ...literalAt(rest, from)] })]
}

function underThousand (tokens: readonly Token[], at: number, first = false): Numeral[] {
  if (!KISWAHILI_HUNDRED.has(wordAt(tokens, at, first) ?? '')) return underHundred(tokens, at, first)
  const factors = [...units(tokens, at + 1), ...literalAt(tokens, at + 1).filter(({ value }) => value < 10)]
  const bases = factors.length > 0 && tokens[at + 1]!.gap === 'join' ? factors.map(({ value, next }) => ({ value: value * 100, next })) : [{ value: 100, next: at + 1 }]
  return bases.flatMap(base => withRest(base, tokens, { and: 'na', below: 100, read: (rest, from) => [...underHundred(rest, from, true), ...literalAt(rest, from)] }))
}

function underHundred (tokens: readonly Token[], at: number, first = false): Numeral[] {
  const tens = KISWAHILI_TENS.get(wordAt(tokens, at, first) ?? '')
  if (tens === undefined) return units(tokens, at, first)
  return withRest({ value: tens, next: at + 1 }, tokens, { and: 'na', below: 10, read: (rest, from) => units(rest, from, true) })
}

function units (tokens: readonly Token[], at: number, first = false): Numeral[] {
  const value = KISWAHILI_UNITS.get(wordAt(tokens, at, first) ?? '')
  return value === undefined ? [] : [{ value, next: at + 1 }]
}

/** `elfu two`: people mix. */
function english (tokens: readonly Token[], at: number): Numeral[] {
  const value = ENGLISH_UNITS.get(wordAt(tokens, at) ?? '')
  return value === undefined ? [] : [{ value, next: at + 1 }]
}
