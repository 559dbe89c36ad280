import type { Phrase, Slots } from '../../src/clerk/phrase.ts'

/** One of the sentences that a phrase stands for. `choose(n)` is below `n`. */
export function say (phrase: Phrase, slots: Slots, choose: (n: number) => number): string {
  const tokens = phrase.match(/<\w+>|[[\]()|]|[a-z']+/g) ?? []
  const words = (end?: string): string => {
    const options: string[][] = [[]]
    for (let token = tokens.shift(); token !== undefined && token !== end; token = tokens.shift()) {
      const option = options.at(-1)!
      if (token === '|') options.push([])
      else if (token === '(') option.push(words(')'))
      else if (token === '[') option.push(choose(2) === 0 ? (words(']'), '') : words(']'))
      else if (token.startsWith('<')) option.push(say(slots[token.slice(1, -1)]!, slots, choose))
      else option.push(token)
    }
    return options[choose(options.length)]!.join(' ')
  }
  return words().replace(/ +/g, ' ').trim()
}
