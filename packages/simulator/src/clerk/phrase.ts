/**
 * One way of saying something, in JSGF: words, `[left out or said]`, `(this | that)`, and `<slot>`s.
 * The recogniser gets phrases as they are; what it heard is taken apart with the same phrase as a regular expression.
 */
export type Phrase = string

/** What stands for a slot. Slots may use others. */
export type Slots = Readonly<Record<string, Phrase>>

/** The words that were said for each slot of a phrase. */
export type Heard = Readonly<Record<string, string>>

/** People greet and thank around what they want. */
const LINE = (phrases: readonly Phrase[]): Phrase => `[hello | hi | good morning | good afternoon] (${phrases.join(' | ')}) [please | thank you]`

/** A grammar of everything that `phrases` allow to say. A slot that none of them uses may have words that the recogniser has not. */
export function grammarOf (phrases: readonly Phrase[], slots: Slots): string {
  const rules = [...slotsIn(phrases, slots)].map((name) => `<${name}> = ${slots[name]!};\n`)
  return `#JSGF V1.0;\ngrammar clerk;\npublic <line> = ${LINE(phrases)};\n${rules.join('')}`
}

/** The names of all slots in these phrases, and in those slots. */
function slotsIn (phrases: readonly Phrase[], slots: Slots, found = new Set<string>()): ReadonlySet<string> {
  for (const phrase of phrases) {
    for (const [, name] of phrase.matchAll(/<(\w+)>/g)) {
      if (found.has(name!)) continue
      found.add(name!)
      slotsIn([slots[name!]!], slots, found)
    }
  }
  return found
}

/** What was said for the slots of `phrase`; null when `text` is something else. */
export function hear (text: string, phrase: Phrase, slots: Slots): Heard | null {
  const match = new RegExp(`^${pattern(LINE([phrase]), slots, true)}$`).exec(`${text} `)
  if (match === null) return null
  const said = Object.entries(match.groups ?? {}).filter(([, words]) => words !== undefined)
  return Object.fromEntries(said.map(([slot, words]) => [slot, words.trim()]))
}

/** Each word takes its space along, so that what is left out leaves none behind. */
function pattern (phrase: Phrase, slots: Slots, named = false): string {
  return phrase.replace(/<(\w+)>|\[|\]|\(|\||[a-z']+|\s+/g, (token, slot?: string) => {
    if (slot !== undefined) return `(?${named ? `<${slot}>` : ':'}${pattern(slots[slot]!, slots)})`
    if (token === '[' || token === '(') return '(?:'
    if (token === ']') return ')?'
    if (token === '|') return '|'
    return token.trim() === '' ? '' : `${token} `
  })
}
