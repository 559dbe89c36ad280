import { lineTotalMinor } from './prices.ts'
import type { OrderLine } from '@karani/records'

export interface Ticket {
  readonly businessName: string
  readonly orderNumber: number
  readonly orderedAt: Date
  readonly timeZone: string
  /** E.164; null when it was withheld. */
  readonly phone: string | null
  readonly lines: readonly OrderLine[]
  readonly totalMinor: number
  readonly currency: string
}

/** The paper of an 80 mm thermal printer; one of 58 mm has 32. */
const DEFAULT_COLUMNS = 42

/**
 * The ticket as plain text: ASCII, `\n` after each line, no line longer than `columns` (at least 32). Of the caller's number
 * it shows the last three digits, which are enough to hand the food to the right person.
 */
export function printTicket ({ businessName, orderNumber, orderedAt, timeZone, phone, lines, totalMinor, currency }: Ticket, columns = DEFAULT_COLUMNS): string {
  const rule = '-'.repeat(columns)
  const when = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(orderedAt)
  return [
    ...wrapped(businessName, columns).map(text => centred(text, columns)),
    centred(`ORDER ${orderNumber}`, columns),
    ...wrapped(`${when}, ${phone === null ? 'number withheld' : `caller ...${phone.slice(-3)}`}`, columns),
    rule,
    ...lines.flatMap(line => printLine(line, columns)),
    rule,
    apart(`TOTAL ${currency}`, amount(totalMinor), columns)
  ].map(line => `${line.trimEnd()}\n`).join('')
}

function printLine (line: OrderLine, columns: number): string[] {
  const price = amount(lineTotalMinor(line))
  const [first = '', ...more] = wrapped(`${line.quantity} x ${line.name}`, columns - price.length - 1)
  const changes = line.modifiers.flatMap(name => wrapped(`* ${name.toUpperCase()}`, columns - 4))
  return [apart(first, price, columns), ...[...more, ...changes].map(text => `    ${text}`)]
}

const amount = (minor: number): string => (minor / 100).toFixed(2)
const apart = (left: string, right: string, columns: number): string => left.padEnd(columns - right.length) + right
const centred = (text: string, columns: number): string => ' '.repeat(Math.floor((columns - text.length) / 2)) + text

/** Lines of at most `columns`, cut between words where there are any. */
function wrapped (text: string, columns: number): string[] {
  const ascii = text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[^\x20-\x7e]+/g, ' ').trim()
  const lines: string[] = []
  for (const word of ascii.split(/ +/).flatMap(word => word.match(new RegExp(`.{1,${columns - 4}}`, 'g')) ?? [])) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim()
    if (lines.length > 0 && longer.length <= columns - 4) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}
