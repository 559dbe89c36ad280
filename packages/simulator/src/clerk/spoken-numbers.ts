import type { Slots } from './phrase.ts'

const UNITS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
const TEENS = ['ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen']
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']

/** The digits in Kiswahili, from zero. */
const TARAKIMU = ['sifuri', 'moja', 'mbili', 'tatu', 'nne', 'tano', 'sita', 'saba', 'nane', 'tisa']

const VALUES: ReadonlyMap<string, number> = new Map([
  ['zero', 0], ['oh', 0],
  ...UNITS.map((word, n) => [word, n + 1] as const),
  ...TEENS.map((word, n) => [word, n + 10] as const),
  ...TENS.map((word, n) => [word, (n + 2) * 10] as const),
  ...TARAKIMU.map((word, n) => [word, n] as const)
])

/** Numbers as callers say them. */
export const NUMBER_SLOTS: Slots = {
  unit: UNITS.join(' | '),
  digit: 'zero | oh | <unit>',
  tarakimu: `${TARAKIMU.join(' | ')} | <digit>`,
  tens: TENS.join(' | '),
  small: `<unit> | ${TEENS.join(' | ')} | <tens> [<unit>]`,
  idDigits: '<digit> <digit> <digit> <digit>',
  birthYear: 'nineteen (<tens> [<unit>] | oh <unit>) | two thousand [[and] <unit>] | (one nine | two (zero | oh)) <digit> <digit>',
  amount: '<unit> hundred [[and] fifty] | <small> thousand [<unit> hundred]'
}

/** `four eight two one` -> `4821` */
export function readDigits (words: string): string {
  return words.split(' ').map((word) => VALUES.get(word)).join('')
}

/** `twelve thousand five hundred` -> 12500 */
export function readNumber (words: string): number {
  let whole = 0
  let part = 0
  for (const word of words.split(' ')) {
    if (word === 'hundred') part *= 100
    else if (word === 'thousand') [whole, part] = [part * 1000, 0]
    else part += VALUES.get(word) ?? 0
  }
  return whole + part
}

/** `nineteen ninety`, `two thousand and one`, `one nine nine zero` */
export function readYear (words: string): number {
  const [century, ...rest] = words.split(' ')
  if (century === 'nineteen') return 1900 + readNumber(rest.join(' '))
  return words.includes('thousand') ? readNumber(words) : Number(readDigits(words))
}
