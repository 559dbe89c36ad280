import { digitWords, numberWords } from './number-words.ts'

const REFERENCE = /\b([A-Z]{2,5})-(\d{1,12})\b/g
const SHILLINGS = /\b(?:KES|KSh|Ksh)\.? ?(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.(\d\d))?(?!\d)/g
const PHONE_NUMBER = /\+(\d{7,15})\b/g
/** Left alone, 3100 would be read as a year is. */
const AMOUNT = /\b(?:\d{1,3}(?:,\d{3}){1,3}\b|\d{1,12}(?= shillings?\b))/g

/**
 * Text as a synthesiser should read it: `KES 2,000` is `two thousand shillings`, `TRK-427` is `T R K four two seven`,
 * a phone number is its digits. Other numbers stay: years, dates and times are read well as they are.
 */
export function spokenText (text: string): string {
  return text
    .replace(REFERENCE, (_, letters: string, digits: string) => `${letters.split('').join(' ')} ${digitWords(digits)}`)
    .replace(SHILLINGS, (_, shillings: string, cents?: string) => spokenShillings(wholeNumber(shillings), Number(cents ?? 0)))
    .replace(PHONE_NUMBER, (_, digits: string) => digitWords(digits))
    .replace(AMOUNT, (number) => numberWords(wholeNumber(number)))
}

function spokenShillings (shillings: number, cents: number): string {
  const whole = `${numberWords(shillings)} ${shillings === 1 ? 'shilling' : 'shillings'}`
  return cents === 0 ? whole : `${whole} and ${numberWords(cents)} ${cents === 1 ? 'cent' : 'cents'}`
}

function wholeNumber (text: string): number {
  return Number(text.replaceAll(',', ''))
}
