import { vocabulary } from '../speech/vocabulary.ts'

/** Words that say nothing of what is wanted, English and Kiswahili. */
const FILLERS = new Set([
  ...'a an the of please some plate plates portion portions piece pieces order orders i we want would like have can could get me add give with and plus also for to my your just more another again be in on is'.split(' '),
  ...'nataka naomba ningependa nipe niletee tafadhali sahani ya wa na za la kwa tena zaidi ingine nyingine pia'.split(' '),
  // what was named before
  ...'it that this them those these same hiyo hiyi hizo ile zile'.split(' ')
])

/** Words that leave something out are one word; without them `onions` and `no onions` could not be told apart. */
const SYNONYMS = vocabulary([['no', 'no without bila hakuna hold skip minus']])

/** What is left of a text that is neither filler nor form: lower case, singular, without accents and punctuation. */
export const contentOf = (words: readonly string[]): string[] =>
  words.filter(word => !FILLERS.has(word)).map(word => singular(SYNONYMS.get(word) ?? word))

export const wordsOf = (text: string): string[] =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/['’]/g, '').split(/[^\p{L}\p{N}]+/u).filter(word => word !== '')

/** English plurals; a word that only looks like one is cut alike wherever it stands. */
function singular (word: string): string {
  if (word.length < 4) return word
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (/(ch|sh|x|ss)es$/.test(word)) return word.slice(0, -2)
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word
}

/** Where `part` stands in `whole`, side by side; -1 when it does not, or is empty. */
export function indexOfWords (whole: readonly string[], part: readonly string[]): number {
  if (part.length === 0) return -1
  return whole.findIndex((_, at) => part.every((word, i) => whole[at + i] === word))
}

export const isWithin = (part: readonly string[], whole: readonly string[]): boolean => part.every(word => whole.includes(word))

export const sameWords = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((word, i) => word === other[i])

/** How alike two texts are, 0 to 1, by the pairs of letters that they share (Dice's coefficient). */
export function likeness (one: string, other: string): number {
  const pairs = (text: string): string[] => Array.from({ length: Math.max(text.length - 1, 0) }, (_, i) => text.slice(i, i + 2))
  const [left, right] = [pairs(one), pairs(other)]
  const shared = left.filter(pair => right.includes(pair)).length
  return left.length + right.length === 0 ? 0 : 2 * shared / (left.length + right.length)
}
