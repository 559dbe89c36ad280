import type { Token } from './tokens.ts'

/** Some tokens from a place on, read as one number; `next` is the place behind them. */
export interface Numeral { readonly value: number, readonly next: number }

/** Reads one way of saying a number at a place: all the numerals that begin there, shorter and longer ones. */
export type ReadNumeral = (tokens: readonly Token[], at: number) => Numeral[]

/** The word at a place; a word behind a clause's end is not said in the same breath. */
export function wordAt (tokens: readonly Token[], at: number, first = false): string | undefined {
  const token = tokens[at]
  return token?.type === 'word' && (first || token.gap !== 'break') ? token.text : undefined
}

/** A number in digits: `2,000`, `1.5`. Three digits after a point may also be thousands. */
export function literalAt (tokens: readonly Token[], at: number, first = false): Numeral[] {
  const token = tokens[at]
  if (token?.type !== 'number' || (!first && token.gap === 'break')) return []
  const text = token.text.replace(/[^\d.]/g, '')
  const grouped = /^\d{1,3}\.\d{3}$/.test(text) ? [{ value: Number(text.replace('.', '')), next: at + 1 }] : []
  return [{ value: Number(text), next: at + 1 }, ...grouped]
}

/** Lets what follows `base` be smaller than the scale it stands behind, with or without a word for "and" and a comma. */
export function withRest (base: Numeral, tokens: readonly Token[], { and, below, read }: { and: string, below: number, read: ReadNumeral }): Numeral[] {
  const at = wordAt(tokens, base.next) === and ? base.next + 1 : base.next
  if (tokens[at] === undefined || tokens[at].gap === 'break') return [base]
  const rests = read(tokens, at).filter(({ value }) => value > 0 && value < below)
  return [base, ...rests.map(({ value, next }) => ({ value: base.value + value, next }))]
}
