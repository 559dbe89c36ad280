import { readDialableNumber, type DialableNumber } from '@karani/calling-rules'
import { ConfigError } from '@karani/environment'
import { hangUpDocument, sayAndDialDocument } from '@karani/sautikit'
import { legalNameOf, staffOf, type Line, type Lines } from '@karani/lines'

const DIAL_TIMEOUT_S = 20

const CONNECTING: Record<Line['language'], (name: string) => string> = {
  'en-KE': name => `You have reached ${name}. One moment please, we are connecting you to a colleague.`,
  'sw-KE': name => `Umepigia ${name}. Tafadhali subiri kidogo, tunakuunganisha na mwenzetu.`
}

/** Of each line, who is rung when the clerk cannot take a call, first choice first: nobody else ever is. */
export type Staff = ReadonlyMap<string, readonly DialableNumber[]>

/** @throws ConfigError for a member of staff whose number may not be dialled */
export function readStaff (lines: Lines): Staff {
  const dialable = (number: string): DialableNumber => {
    const read = readDialableNumber(number, { countries: [lines.country] })
    if ('number' in read) return read.number
    throw new ConfigError(`LINES_FILE: a number of its teams may not be dialled (${read.refused}); correct the file`)
  }
  Object.values(lines.teams).flatMap(({ numbers }) => numbers).forEach(dialable)
  return new Map(lines.lines.map(line => [line.number, staffOf(lines, line).map(dialable)]))
}

/** A call that is answered without Redis: a sentence, and the first member of the line's staff is rung. Made of the lines file alone. */
export function fallbackDocument (staff: Staff, line: Line): string {
  return sayAndDialDocument({
    say: CONNECTING[line.language](line.name),
    language: line.language,
    numbers: staff.get(line.number)?.slice(0, 1) ?? [],
    timeoutS: DIAL_TIMEOUT_S,
    callerId: line.number
  })
}

const HOLD: Record<Line['language'], string> = {
  'en-KE': 'Please hold the line.',
  'sw-KE': 'Tafadhali subiri kwenye simu.'
}
const NOBODY_FREE: Record<Line['language'], string> = {
  'en-KE': 'I am sorry, nobody is free right now. Your request is with our team. Goodbye.',
  'sw-KE': 'Samahani, hakuna mtu aliye huru kwa sasa. Ombi lako liko kwa timu yetu. Kwaheri.'
}

/** The clerk has asked for a person, and told the caller so: the line's staff is rung, one after the other. Made of the lines file alone. */
export const handOffDocument = (staff: Staff, { number, language }: Pick<Line, 'number' | 'language'>): string => sayAndDialDocument({
  say: HOLD[language],
  language,
  numbers: staff.get(number) ?? [],
  timeoutS: DIAL_TIMEOUT_S,
  callerId: number,
  otherwise: NOBODY_FREE[language]
})

const SORRY: Record<Line['language'], (name: string) => string> = {
  'en-KE': name => `Hello, this is an automated call from ${name}. We are sorry to have disturbed you. Goodbye.`,
  'sw-KE': name => `Habari, hii ni simu ya kiotomatiki kutoka ${name}. Samahani kwa usumbufu. Kwaheri.`
}

/** A call that we placed, and nobody here knows why any more: who has answered hears who it was, and nothing else. */
export const apologyDocument = (line: Line): string => hangUpDocument({ say: SORRY[line.language](legalNameOf(line)), language: line.language })

/** A call with a number that the lines file does not know: it was claimed at the carrier, and nobody answers it here. Said, since a rejected call would sound like one that is busy. */
export const notInServiceDocument = (): string => hangUpDocument({ say: 'This number is not in service. Goodbye.', language: 'en-KE' })
