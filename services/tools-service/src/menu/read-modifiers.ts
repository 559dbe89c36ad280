import type { MenuItem } from '@karani/records'
import { contentOf, indexOfWords, isWithin, wordsOf } from './words.ts'

export interface ModifiersRead {
  /** Names of modifiers of the dish, in the order of its menu entry. */
  readonly modifiers: readonly string[]
  /** The words that are no part of them. */
  readonly rest: readonly string[]
}

/** Takes the modifiers of a dish out of words that may hold more; each must be said in full. `content`: see `contentOf`. */
export function readModifiers (content: readonly string[], item: MenuItem): ModifiersRead {
  let rest = [...content]
  const found = new Set<string>()
  for (const { name, phrase } of phrasesOf(item)) {
    for (let at = indexOfWords(rest, phrase); at >= 0; at = indexOfWords(rest, phrase)) {
      found.add(name)
      rest = rest.toSpliced(at, phrase.length)
    }
  }
  return { modifiers: inMenuOrder(item, found), rest }
}

/** The modifiers that these words mean and nothing besides, or null. One of them may be said in part: `cheese` for extra cheese, but never `onions` for no onions. */
export function modifiersMeant (content: readonly string[], item: MenuItem): readonly string[] | null {
  const { modifiers, rest } = readModifiers(content, item)
  if (rest.length === 0) return modifiers.length === 0 ? null : modifiers
  const inPart = new Set(phrasesOf(item).filter(({ phrase }) => isWithin(rest, phrase) && rest.includes('no') === phrase.includes('no')).map(({ name }) => name))
  return inPart.size === 1 ? inMenuOrder(item, new Set([...modifiers, ...inPart])) : null
}

/** Longest first, so that `extra large` is not taken for `large`. */
function phrasesOf ({ modifiers }: MenuItem): Array<{ name: string, phrase: string[] }> {
  return modifiers
    .flatMap(({ name, aliases }) => [name, ...aliases].map(text => ({ name, phrase: contentOf(wordsOf(text)) })))
    .sort((one, other) => other.phrase.length - one.phrase.length)
}

export function inMenuOrder ({ modifiers }: MenuItem, names: ReadonlySet<string>): string[] {
  return modifiers.map(({ name }) => name).filter(name => names.has(name))
}
