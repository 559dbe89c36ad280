import { hundredths, type Figure } from './figure.ts'
import { readFigures, SMALL_COUNT } from './read-figures.ts'

/** What a call may learn; what comes beyond is not known. Tools answer 30 times with some thousands of characters each. */
const MAX_VALUES = 20_000
const MAX_DIGITS = 20_000
/** Fields of results that count hundredths of the currency: the clerk may say either. */
const MINOR_FIELD = /(Minor|Cents)$/

/** The figures that somebody gave in a call: tools, the caller, the instructions. */
export class KnownFigures {
  readonly #values = new Set<number>()
  /** All digits in the order in which they came, apart by text: a number read in groups is found again in one piece. */
  #digits = ''

  /** A tool's result: every number and every figure in a text of it. */
  learn (value: unknown, field = ''): void {
    if (typeof value === 'number') this.#learnNumber(value, field)
    else if (typeof value === 'string') this.learnText(value)
    else if (Array.isArray(value)) for (const inner of value) this.learn(inner, field)
    else if (typeof value === 'object' && value !== null) for (const [name, inner] of Object.entries(value)) this.learn(inner, name)
  }

  learnText (text: string): void {
    this.#addDigits('|')
    for (const { readings, digits } of readFigures(text)) {
      for (const value of readings.flat()) this.#add(value)
      this.#addDigits(digits === '' ? readings.flat().map(value => value / 100).join('|') : digits)
      if (digits !== '' && digits.length <= 7) this.#add(hundredths(Number(digits)))
    }
  }

  /** Whether all of one reading is known. Small counts and full hours are how people talk, and always are. */
  knows ({ kind, readings, digits }: Figure): boolean {
    if (digits !== '' && kind !== 'money' && this.#knowsDigits(digits)) return true
    if (readings.some(values => values.every(value => this.#values.has(value)))) return true
    if (kind === 'money') return false
    return readings.some(values => values.every(value => this.#isTalk(kind, value / 100) || this.#values.has(value) || (kind !== 'date' && this.#knowsDigits(String(value / 100), 2))))
  }

  #isTalk (kind: Figure['kind'], value: number): boolean {
    if (kind === 'percent') return value === 0 || value === 100
    return value <= SMALL_COUNT || (kind === 'time' && (value <= 24 || (value < 60 && value % 5 === 0)))
  }

  /** With or without the country's code or the zero before a phone number: nine digits in a row are the same number. */
  #knowsDigits (digits: string, least = 1): boolean {
    return digits.length >= least && this.#digits.includes(digits.length > 9 ? digits.slice(-9) : digits)
  }

  #learnNumber (value: number, field: string): void {
    this.#add(hundredths(value))
    this.#addDigits(`|${value}`)
    if (MINOR_FIELD.test(field)) this.#add(value)
  }

  /** Of shillings and cents each may be said by itself. */
  #add (value: number): void {
    if (this.#values.size >= MAX_VALUES) return
    this.#values.add(value)
    if (value % 100 !== 0) this.#values.add(value - value % 100).add(value % 100)
  }

  #addDigits (digits: string): void {
    if (this.#digits.length < MAX_DIGITS) this.#digits += digits
  }
}
