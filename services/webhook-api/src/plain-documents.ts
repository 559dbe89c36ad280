import { readDialableNumber, type DialableNumber } from '@karani/calling-rules'
import { ConfigError } from '@karani/environment'
import { hangUpDocument, sayAndDialDocument } from '@karani/sautikit'
import { legalNameOf, staffOf, type Line, type Lines } from '@karani/lines'

const DIAL_TIMEOUT_S = 20

const CONNECTING: Record<Line['language'], (name: string) => string> = {
  'en-KE': name => `You have reached ${name}. One moment please, we are connecting you to a colleague.`,
  'sw-KE': name => `Umepigia ${name}. Tafadhali subiri kidogo, tunakuunganisha na mwenzetu.`
}

/** Of each line, who is rung when the clerk cannot take a call: nobody else ever is. */
export type FirstStaff = ReadonlyMap<string, DialableNumber>

/** @throws ConfigError for a member of staff whose number may not be dialled */
export function readFirstStaff (lines: Lines): FirstStaff {
  const dialable = (number: string): DialableNumber => {
    const read = readDialableNumber(number, { countries: [lines.country] })
    if ('number' in read) return read.number
    throw new ConfigError(`LINES_FILE: a number of its teams may not be dialled (${read.refused}); correct the file`)
  }
  Object.values(lines.teams).flatMap(({ numbers }) => numbers).forEach(dialable)
  return new Map(lines.lines.flatMap(line => staffOf(lines, line).slice(0, 1).map(number => [line.number, dialable(number)] as const)))
}

/** A call that is answered without Redis: a sentence, and the first member of the line's staff is rung. Made of the lines file alone. */
export function fallbackDocument (staff: FirstStaff, line: Line): string {
  const first = staff.get(line.number)
  return sayAndDialDocument({
    say: CONNECTING[line.language](line.name),
    language: line.language,
    numbers: first === undefined ? [] : [first],
    timeoutS: DIAL_TIMEOUT_S,
    callerId: line.number
  })
}

const SORRY: Record<Line['language'], (name: string) => string> = {
  'en-KE': name => `Hello, this is an automated call from ${name}. We are sorry to have disturbed you. Goodbye.`,
  'sw-KE': name => `Habari, hii ni simu ya kiotomatiki kutoka ${name}. Samahani kwa usumbufu. Kwaheri.`
}

/** A call that we placed, and nobody here knows why any more: who has answered hears who it was, and nothing else. */
export const apologyDocument = (line: Line): string => hangUpDocument({ say: SORRY[line.language](legalNameOf(line)), language: line.language })

/** A call with a number that the lines file does not know: it was claimed at the carrier, and nobody answers it here. Said, since a rejected call would sound like one that is busy. */
export const notInServiceDocument = (): string => hangUpDocument({ say: 'This number is not in service. Goodbye.', language: 'en-KE' })
