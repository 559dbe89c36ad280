import { hangUpDocument, sayAndDialDocument } from '@karani/sautikit'
import { legalNameOf, staffOf, type Line, type Lines } from '@karani/lines'

const DIAL_TIMEOUT_S = 20

const CONNECTING: Record<Line['language'], (name: string) => string> = {
  'en-KE': name => `You have reached ${name}. One moment please, we are connecting you to a colleague.`,
  'sw-KE': name => `Umepigia ${name}. Tafadhali subiri kidogo, tunakuunganisha na mwenzetu.`
}

/** A call that is answered without Redis: a sentence, and the first member of the line's staff is rung. Made of the lines file alone. */
export function fallbackDocument (lines: Lines, line: Line): string {
  return sayAndDialDocument({
    say: CONNECTING[line.language](line.name),
    language: line.language,
    numbers: staffOf(lines, line).slice(0, 1),
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
