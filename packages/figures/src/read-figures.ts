import { hundredths, type Figure, type FigureKind } from './figure.ts'
import { numeralSpans, type NumeralSpan } from './numeral-spans.ts'
import * as say from './surroundings.ts'
import { tokensOf, type Token } from './tokens.ts'

/** Counts up to here are how people talk: `one moment`, `the two of you`, `ten minutes`. */
export const SMALL_COUNT = 12
/** Without any sign of what it is, a figure from here on is taken for money. */
const BARE_MONEY = 100
/** In tokens: a sentence that goes on for longer speaks of something else by then. */
const CLAUSE_REACH = 20

/** Every figure in `text`: digits, English and Kiswahili number words, and mixtures of them. Pure. */
export function readFigures (text: string): Figure[] {
  const tokens = tokensOf(text)
  return numeralSpans(tokens).map(span => figureOf(text, tokens, span)).filter(figure => figure.text !== 'Mia') // a hundred by itself, but with its capital a name
}

function figureOf (text: string, tokens: readonly Token[], span: NumeralSpan): Figure {
  const { before, behind } = currencyAround(tokens, span)
  const inCents = [tokens[span.from - 1], tokens[span.to]].some(token => token !== undefined && say.CENTS.test(token.text))
  const marked = before + behind > 0 || inCents
  const kind = marked ? 'money' : kindOf(tokens, span)
  const from = tokens[span.from - before]!.from
  const to = tokens[span.to - 1 + behind]!.to
  return { kind, text: text.slice(from, to), from, to, readings: readingsOf(span, marked, inCents), digits: span.digits }
}

/** Digits beside a currency are one number. Two numbers beside it, `four fifty bob`, are one amount. */
function readingsOf ({ readings, digits, paired, form }: NumeralSpan, marked: boolean, inCents: boolean): number[][] {
  const asMoney = form === 'code' || form === 'digits' ? [[Number(digits)]] : paired ? readings.filter(({ length }) => length === 1) : readings
  return (marked ? asMoney : readings).map(values => values.map(value => inCents ? Math.round(value) : hundredths(value)))
}

/** How many tokens of currency belong to the figure: `KES 2,000`, `Ksh. 500`, `shilingi za Kenya mia`, `500 Kenya shillings`, `500/=`. */
function currencyAround (tokens: readonly Token[], { from, to }: NumeralSpan): { before: number, behind: number } {
  const text = (at: number): string => tokens[at]?.text ?? ''
  const kenyan = (at: number): boolean => /^kenyan?$/.test(text(at))
  const first = tokens[from]!
  const near = first.gap === 'join' || (first.gap === 'break' && say.CURRENCY_ABBREVIATION.test(text(from - 1)))
  const before = !near ? 0 : say.CURRENCY.test(text(from - 1)) ? 1 : kenyan(from - 1) ? [2, 3].find(n => say.CURRENCY.test(text(from - n))) ?? 0 : 0
  const behind = tokens[to]?.gap === 'break' ? 0 : say.CURRENCY.test(text(to)) ? 1 : kenyan(to) && say.CURRENCY.test(text(to + 1)) ? 2 : 0
  return { before, behind }
}

function kindOf (tokens: readonly Token[], span: NumeralSpan): FigureKind {
  const { form, from, to, readings, paired } = span
  if (form === 'date' || form === 'time' || form === 'code') return form
  if (form === 'digits') return 'code'
  const [last, next] = [wordBefore(tokens, from), tokens[to]?.gap === 'break' ? '' : tokens[to]?.text ?? '']
  const value = readings[0]![0]!
  if (say.PERCENT.test(last) || (say.PERCENT.test(next) && (next !== 'per' || tokens[to + 1]?.text === 'cent'))) return 'percent'
  if (form === 'ordinal' || (value <= 31 && besideDay(tokens, span))) return 'date'
  if (say.HOUR_BEHIND.test(next) && value < 2_400) return 'time'
  if (last === 'saa' || (paired && say.HOUR_BEFORE.test(last))) return 'time'
  if (say.LABEL.test(labelBefore(tokens, from))) return 'code'
  const clause = clauseAround(tokens, span)
  const moneyTalk = clause.some(word => say.MONEY_TALK.test(word))
  if (isYear(value, span, tokens) && (say.MONTH.test(last) || say.YEAR_BEFORE.test(last) || (!moneyTalk && value % 100 !== 0))) return 'date'
  if (say.COUNTED_BEFORE.test(last) || isCounted(tokens, to, moneyTalk) || value <= SMALL_COUNT) return 'number'
  return moneyTalk || value >= BARE_MONEY ? 'money' : 'number'
}

const wordBefore = (tokens: readonly Token[], from: number): string => tokens[from]!.gap === 'break' ? '' : tokens[from - 1]?.text ?? ''

/** Beside a month or behind a weekday, or announced as a date. */
function besideDay (tokens: readonly Token[], { from, to }: NumeralSpan): boolean {
  const text = (at: number): string => tokens[at]?.text ?? ''
  const next = /^(of|ya|the)$/.test(text(to)) ? text(to + 1) : text(to)
  const last = /^(the|tarehe)$/.test(text(from - 1)) ? text(from - 2) : text(from - 1)
  return say.MONTH.test(next) || say.MONTH.test(last) || say.WEEKDAY.test(last) || text(from - 1) === 'tarehe'
}

function isYear (value: number, { to, from }: NumeralSpan, tokens: readonly Token[]): boolean {
  return Number.isInteger(value) && value >= 1900 && value < 2100 && (to > from + 1 || /^\d{4}$/.test(tokens[from]!.text))
}

/** The word that the figure is the number of, past `is` and the like: `account number is 1001`, `an ID that ends in 4821`. */
function labelBefore (tokens: readonly Token[], from: number): string {
  const last = wordBefore(tokens, from)
  return say.COPULA.test(last) ? tokens[from - 2]?.text ?? '' : last
}

/** Is something counted behind the figure, past two adjectives: `forty more minutes`, `fifteen chicken burgers`? Where money is spoken of, only known things are. */
function isCounted (tokens: readonly Token[], to: number, moneyTalk: boolean): boolean {
  for (const { type, text, gap } of tokens.slice(to, to + 3)) {
    if (type !== 'word' || gap !== 'join' || say.FUNCTION_WORD.test(text)) return false
    if (say.COUNTED.test(text) || (!moneyTalk && /^\p{L}{3,}s$/u.test(text) && !say.NO_PLURAL.test(text))) return true
  }
  return false
}

/** The words of the clause that the figure stands in, as far as they are near. */
function clauseAround (tokens: readonly Token[], { from, to }: NumeralSpan): string[] {
  let [first, last] = [from, to]
  while (first > 0 && from - first < CLAUSE_REACH && tokens[first]!.gap !== 'break') first--
  while (last < tokens.length && last - to < CLAUSE_REACH && tokens[last]!.gap !== 'break') last++
  return [...tokens.slice(first, from), ...tokens.slice(to, last)].map(({ text }) => text)
}
