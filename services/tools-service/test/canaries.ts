import type pg from 'pg'
import { spokenDay } from '../src/speech/spoken-day.ts'
import { addDays } from '@karani/records'

/** A borrower whose every fact stands nowhere else. */
export interface Victim {
  readonly accountId: string
  readonly phone: string
  readonly answers: { readonly accountId: string, readonly nationalIdLast4: string, readonly birthYear: number }
  /** Each as one may write or say it, in plain words as `plain` makes them. */
  readonly facts: readonly string[]
}

const SYLLABLES = ['ba', 'ke', 'mi', 'no', 'tu', 'zo', 'wa', 'li']
const DAY = '2027-01-04'

/** Writes borrowers with parcels under way, and tells what must not be heard of them: eight facts of each. */
export async function seedVictims (db: pg.Client, count: number): Promise<Victim[]> {
  const victims: Victim[] = []
  for (let n = 0; n < count; n++) {
    const accountId = `LN-9${String(n).padStart(3, '0')}`
    const phone = `+25470099${String(n).padStart(4, '0')}`
    const [borrower, address] = [`Zu${name(n)} Qo${name(n + 400)}`, `Xe${name(n + 100)} road`]
    const [balance, next] = [100_003 + n * 9_973, 17_011 + n * 1_009]
    const [nationalIdLast4, birthYear] = [String(4_003 + n * 101), 1931 + n]
    const [dueOn, status] = [addDays(DAY, n * 3), `state-${name(n + 200)}`]
    await db.query(`insert into business.accounts (account_id, borrower, phone, national_id_last4, birth_year, balance_minor, next_payment_minor, currency, due_on, status, language)
      values ($1, $2, $3, $4, $5, $6, $7, 'KES', $8, $9, 'en-KE')`, [accountId, borrower, phone, nationalIdLast4, birthYear, balance * 100, next * 100, dueOn, status])
    await db.query(`insert into business.shipments (tracking_id, recipient, recipient_phone, address, status, eta_minutes, deliver_on)
      values ($1, $2, $3, $4, 'at_depot', null, '2026-11-22')`, [`TRK-9${String(n).padStart(3, '0')}`, borrower, phone, address])
    const facts = [accountId, ...borrower.split(' '), address, nationalIdLast4, dueOn, spokenDay(dueOn, DAY).replace(/^\w+ /, ''), status, ...formsOf(balance), ...formsOf(next)]
    victims.push({ accountId, phone, answers: { accountId, nationalIdLast4, birthYear }, facts: facts.map(plain) })
  }
  return victims
}

const name = (n: number): string => [n >> 6 & 7, n >> 3 & 7, n & 7].map(digit => SYLLABLES[digit]).join('')

/** In small letters and digits; `and` and `na` are said or left out, so they are left out. */
export const plain = (text: string): string => ` ${text.toLowerCase().replace(/(?<=\d),(?=\d)/g, '').replace(/[^a-z0-9]+/g, ' ').replace(/\b(?:and|na) /g, '').trim()} `

/** An amount in shillings as digits, as cents, in words and digit by digit, in English and Kiswahili. */
function formsOf (amount: number): string[] {
  const digits = [...String(amount)].map(Number)
  return [String(amount), String(amount * 100), digits.join(' '), ...[ENGLISH, KISWAHILI].flatMap(numerals => [
    numerals.amount(amount), digits.map(digit => numerals.digits[digit]).join(' ')
  ])]
}

const ENGLISH_SMALL = 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ')
const ENGLISH_TENS = '_ _ twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const KISWAHILI_UNITS = 'sifuri moja mbili tatu nne tano sita saba nane tisa'.split(' ')
const KISWAHILI_TENS = '_ kumi ishirini thelathini arobaini hamsini sitini sabini themanini tisini'.split(' ')

const ENGLISH = { digits: ENGLISH_SMALL, amount: english }
const KISWAHILI = { digits: KISWAHILI_UNITS, amount: kiswahili }

const joined = (...parts: Array<string | false>): string => parts.filter(Boolean).join(' ')

function english (n: number): string {
  if (n < 20) return ENGLISH_SMALL[n]!
  if (n < 100) return joined(ENGLISH_TENS[Math.floor(n / 10)]!, n % 10 > 0 && english(n % 10))
  if (n < 1_000) return joined(english(Math.floor(n / 100)), 'hundred', n % 100 > 0 && english(n % 100))
  return joined(english(Math.floor(n / 1_000)), 'thousand', n % 1_000 > 0 && english(n % 1_000))
}

function kiswahili (n: number): string {
  const [unit, word] = [[100_000, 'laki'], [1_000, 'elfu'], [100, 'mia']].find(([unit]) => n >= Number(unit)) ?? []
  if (unit !== undefined) return joined(`${word}`, kiswahili(Math.floor(n / Number(unit))), n % Number(unit) > 0 && kiswahili(n % Number(unit)))
  return n < 10 ? KISWAHILI_UNITS[n]! : joined(KISWAHILI_TENS[Math.floor(n / 10)]!, n % 10 > 0 && KISWAHILI_UNITS[n % 10]!)
}

/** Finds facts in what a tool answered. */
export class Oracle {
  readonly #victims: readonly Victim[]
  /** The same refusals come again and again. */
  readonly #harmless = new Set<string>()

  constructor (victims: readonly Victim[]) { this.#victims = victims }

  /** A fact in these bytes that is none of `known`'s. */
  leakIn (raw: string, known?: Victim): string | undefined {
    const text = plain(raw.replace(/"id":"[^"]*"/, ''))
    if (this.#harmless.has(text)) return undefined
    const all = this.#victims.flatMap(({ facts }) => facts.filter(fact => text.includes(fact)))
    if (all.length === 0) this.#harmless.add(text)
    return all.find(fact => known === undefined || !known.facts.includes(fact))
  }
}
