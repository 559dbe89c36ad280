import type { MenuItem } from '@karani/records'
import { takeCounts } from './counts.ts'
import { readModifiers } from './read-modifiers.ts'
import { contentOf, isWithin, likeness, sameWords, wordsOf } from './words.ts'

export interface Count {
  /** How many were said; null when no number was. */
  readonly quantity: number | null
  /** Make it so many, rather than so many more. */
  readonly inAll: boolean
}

/** What a caller's words for a dish mean. `last`: they name none, and mean the one that was spoken of last; `words` is what else they say of it. */
export type DishRead =
  | Count & { readonly kind: 'dish', readonly item: MenuItem, readonly modifiers: readonly string[] }
  | Count & { readonly kind: 'last', readonly words: readonly string[] }
  | { readonly kind: 'ambiguous', readonly candidates: readonly MenuItem[] }
  | { readonly kind: 'unknown', readonly near: readonly MenuItem[] }
  | { readonly kind: 'modifier-unknown', readonly item: MenuItem }
  | { readonly kind: 'count-unclear' }

const CHANGING = new Set(['make', 'change', 'iwe', 'ziwe', 'fanya', 'badilisha'])

/** How well the words fit a dish, best first: they are one of its names; only changes that one can make to it; a part of a name; a name and more. */
const FITS = ['whole', 'bare', 'part', 'more'] as const
type Fit = typeof FITS[number]

/** Finds the dish that the words of a caller mean, with how many and how: `two chicken burgers, no onions`, `burger ya kuku mbili`, `make that two`. Never guesses. */
export function readDish (text: string, menu: readonly MenuItem[]): DishRead {
  const words = wordsOf(text)
  const named = menu.filter(item => phrasesOf(item).some(phrase => sameWords(phrase, contentOf(words))))
  if (named.length === 1) return { kind: 'dish', item: named[0]!, modifiers: [], quantity: null, inAll: false } // also where its name holds a number

  const { counts, rest } = takeCounts(words)
  if (counts.length > 1) return { kind: 'count-unclear' }
  const content = contentOf(rest)
  const begin = content.findIndex(word => !CHANGING.has(word))
  const count: Count = { quantity: counts[0] ?? null, inAll: content.length > 0 && begin !== 0 }
  return meant(begin < 0 ? [] : content.slice(begin), count, menu)
}

function meant (content: readonly string[], count: Count, menu: readonly MenuItem[]): DishRead {
  if (content.length === 0) return { kind: 'last', words: [], ...count }
  const readings = menu.map(item => ({ item, ...readModifiers(content, item) }))
  for (const wanted of FITS) {
    const found = readings.filter(({ item, rest }) => fitOf(rest, item) === wanted)
    if (wanted === 'bare' && found.length > 0) return { kind: 'last', words: content, ...count }
    const [only] = found
    if (only === undefined) continue
    if (found.length > 1) return { kind: 'ambiguous', candidates: found.map(({ item }) => item) }
    if (wanted === 'more') return { kind: 'modifier-unknown', item: only.item }
    return { kind: 'dish', item: only.item, modifiers: only.modifiers, ...count }
  }
  return { kind: 'unknown', near: nearest(content, menu) }
}

function fitOf (words: readonly string[], item: MenuItem): Fit | null {
  const phrases = phrasesOf(item)
  if (words.length === 0) return 'bare'
  if (phrases.some(phrase => sameWords(phrase, words))) return 'whole'
  if (phrases.some(phrase => isWithin(words, phrase))) return 'part'
  return phrases.some(phrase => isWithin(phrase, words)) ? 'more' : null
}

const phrasesOf = ({ name, aliases }: MenuItem): string[][] => [name, ...aliases].map(text => contentOf(wordsOf(text))).filter(phrase => phrase.length > 0)

const NEAR = 0.4
const MAX_NEAR = 3

/** What sounds most like it, if anything does. */
function nearest (content: readonly string[], menu: readonly MenuItem[]): MenuItem[] {
  const said = content.join(' ')
  return menu
    .map(item => ({ item, score: Math.max(...phrasesOf(item).map(phrase => likeness(said, phrase.join(' ')))) }))
    .filter(({ item, score }) => item.available && score >= NEAR)
    .sort((one, other) => other.score - one.score)
    .slice(0, MAX_NEAR)
    .map(({ item }) => item)
}
