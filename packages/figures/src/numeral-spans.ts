import { englishNumerals } from './english.ts'
import { kiswahiliNumerals } from './kiswahili.ts'
import { wordAt, type Numeral } from './numerals.ts'
import { BEGINNINGS, DIGITS, ENGLISH_TENS, ORDINALS, REPEATS } from './number-words.ts'
import type { Token } from './tokens.ts'

/** Tokens `from` up to `to`, read as one figure. */
export interface NumeralSpan {
  readonly from: number
  readonly to: number
  readonly form: 'amount' | 'ordinal' | 'digits' | 'code' | 'date' | 'time'
  /** The ways to read it; none for digits one by one. */
  readonly readings: ReadonlyArray<readonly number[]>
  readonly digits: string
  /** Of two numbers without a scale word, `eight thirty`: also a time of the day. */
  readonly paired: boolean
}

/** All that is said as a number, the longest that can be read at each place. */
export function numeralSpans (tokens: readonly Token[]): NumeralSpan[] {
  const spans: NumeralSpan[] = []
  for (let at = 0; at < tokens.length;) {
    const span = written(tokens, at) ?? spelt(tokens, at) ?? ordinal(tokens, at) ?? amount(tokens, at)
    if (span !== null) spans.push(span)
    at = span?.to ?? at + 1
  }
  return spans
}

const digitsOf = (text: string): string => text.replace(/\D/g, '')

function written (tokens: readonly Token[], at: number): NumeralSpan | null {
  const { type, text } = tokens[at]!
  if (type !== 'code' && type !== 'date' && type !== 'time') return null
  const parts = type === 'code' ? [] : [(text.split('t')[0]!.match(/\d+/g) ?? []).map(Number)]
  return { from: at, to: at + 1, form: type, readings: parts, digits: digitsOf(text), paired: false }
}

/** `four eight two one`, `oh seven double one`, `4 8 2 1`: three or more, or two of which one is a zero or doubled. */
function spelt (tokens: readonly Token[], from: number): NumeralSpan | null {
  let [digits, at, said, plain] = ['', from, 0, true]
  for (; at === from || tokens[at]?.gap === 'join'; at++, said++) {
    const repeats = REPEATS.get(wordAt(tokens, at, true) ?? '')
    const digit = digitAt(tokens, repeats === undefined ? at : at + 1)
    if (digit === undefined) break
    if (repeats !== undefined) at++
    digits += String(digit).repeat(repeats ?? 1)
    plain &&= repeats === undefined && digit !== 0
  }
  return said < (plain ? 3 : 2) ? null : { from, to: at, form: 'digits', readings: [], digits, paired: false }
}

function digitAt (tokens: readonly Token[], at: number): number | undefined {
  const token = tokens[at]
  if (token?.type === 'number') return token.text.length === 1 ? Number(token.text) : undefined
  return DIGITS.get(wordAt(tokens, at, true) ?? '')
}

/** `27th`, `twenty-seventh`, `third`. */
function ordinal (tokens: readonly Token[], at: number): NumeralSpan | null {
  const is = (value: number, to: number): NumeralSpan => ({ from: at, to, form: 'ordinal', readings: [[value]], digits: '', paired: false })
  const [token, next] = [tokens[at]!, tokens[at + 1]]
  if (token.type === 'number' && next?.from === token.to && /^(st|nd|rd|th)$/.test(next.text)) return is(Number(digitsOf(token.text)), at + 2)
  const tens = ENGLISH_TENS.get(token.text)
  const unit = next?.gap === 'join' ? ORDINALS.get(next.text) : undefined
  if (tens !== undefined && unit !== undefined && unit < 10) return is(tens + unit, at + 2)
  const alone = ORDINALS.get(token.text)
  return alone === undefined ? null : is(alone, at + 1)
}

function amount (tokens: readonly Token[], from: number): NumeralSpan | null {
  if (tokens[from]!.type !== 'number' && !BEGINNINGS.has(tokens[from]!.text)) return null
  const numerals = numeralsAt(tokens, from)
  const to = Math.max(...numerals.map(({ next }) => next), 0)
  if (to === 0) return null
  const whole = unique(numerals.filter(({ next }) => next === to).map(({ value }) => value))
  const pairs = numerals.filter(({ next }) => next < to).flatMap(first => splitAt(first, tokens, to))
  const literal = to === from + 1 && tokens[from]!.type === 'number' ? digitsOf(tokens[from]!.text) : ''
  return { from, to, form: 'amount', readings: [...whole.map(value => [value]), ...pairs], digits: literal, paired: pairs.some(([a, b]) => a! < 100 && b! < 100) }
}

const numeralsAt = (tokens: readonly Token[], at: number): Numeral[] => [...englishNumerals(tokens, at), ...kiswahiliNumerals(tokens, at)]
const unique = (values: readonly number[]): number[] => [...new Set(values)]

/**
 * Two numbers where one was read: around a comma, of a pair without a scale word, or before a verb that only the second can have
 * for its subject (`your balance is two thousand and five hundred is due`).
 */
function splitAt ({ value, next }: Numeral, tokens: readonly Token[], to: number): number[][] {
  const linked = /^(and|na)$/.test(tokens[next]!.text)
  const at = linked ? next + 1 : next
  const comma = tokens[next]!.gap === 'comma'
  const ownVerb = linked && /^(is|was|are|were|will|(i|zi|li)(na|li|ta)\p{L}+)$/u.test(wordAt(tokens, to) ?? '')
  const short = !linked && value < 100
  if (!comma && !ownVerb && !short) return []
  return numeralsAt(tokens, at)
    .filter(second => second.next === to && (comma || ownVerb || (second.value >= 10 && second.value < 100)))
    .map(second => [value, second.value])
}
