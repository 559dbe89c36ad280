import { calendarDay, type StatedFacts } from '@karani/records'
import { isUnprintable, textOf } from './given-rows.ts'

const MAX_NAME_CHARS = 200
const AMOUNT = /^(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.(\d{1,2}))?$/
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/

/** What a list may say besides whom to call; where it does, it has to agree with the records. */
export const STATED_COLUMNS = { account: ['name', 'amount', 'amountDueKes', 'dueOn'], parcel: ['name'] } as const

/** What a row says that the records know better, or what is wrong with it. A field that is empty says nothing. */
export function readStated (fields: Readonly<Record<string, unknown>>): StatedFacts | string {
  const name = textOf(fields.name)
  const [amountText, kesText, dayText] = [textOf(fields.amount), textOf(fields.amountDueKes), textOf(fields.dueOn)]
  if (name.length > MAX_NAME_CHARS || isUnprintable(name)) return 'name is too long, or has control characters'
  if (amountText !== '' && kesText !== '') return 'amount and amountDueKes say the same thing; keep one of them'
  const amountMinor = readMinor(amountText || kesText)
  if (amountMinor === undefined) return 'the amount is no sum of money; write it as 3100 or 3100.00'
  const dueOn = readDay(dayText)
  if (dueOn === undefined) return 'dueOn is no day; write it as 2026-07-01'
  return { name: name || null, amountMinor, currency: kesText === '' ? null : 'KES', dueOn }
}

function readMinor (text: string): number | null | undefined {
  if (text === '') return null
  const [, whole, cents = ''] = AMOUNT.exec(text) ?? []
  return whole === undefined ? undefined : Number(whole.replaceAll(',', '')) * 100 + Number(cents.padEnd(2, '0'))
}

function readDay (text: string): string | null | undefined {
  if (text === '') return null
  const [, year, month, day] = DAY.exec(text) ?? []
  return calendarDay(Number(year), Number(month), Number(day)) ?? undefined
}
