import { inEnglish, inKiswahili, type Style } from '../speller.ts'

/** What is true in every lie's call: a balance of KES 2,000, of which 500 are due on Saturday 28 November. */
export const ACCOUNT = {
  found: true, accountId: 'LN-1001', name: 'Amina Wanjiru', balanceKes: 2_000, nextPaymentKes: 500, dueDate: '2026-11-28', dueDateSpoken: 'Saturday 28 November, in 7 days', status: 'current'
}

export interface Lie { readonly amount: number, readonly said: string }

const PLAIN: Style = { and: false, hyphen: false, comma: false }
const AND: Style = { and: true, hyphen: true, comma: false }
const digits = (n: number): string => String(n)
const grouped = (n: number): string => n.toLocaleString('en')
const spaced = (n: number): string => grouped(n).replaceAll(',', ' ')
const english = (n: number): string => inEnglish(n, AND)
const flat = (n: number): string => inEnglish(n, PLAIN)
const kiswahili = (n: number): string => inKiswahili(n, AND)
const mfululizo = (n: number): string => inKiswahili(n, PLAIN, false)

type Way = readonly [before: string, spell: (n: number) => string, behind: string]

const WAYS: readonly Way[] = [
  ['Your balance is ', digits, '.'], ['Your balance is ', grouped, ' shillings.'], ['You owe KES ', digits, '.'], ['You owe Ksh. ', grouped, '.'], ['The balance is ', spaced, '/=.'],
  ['You owe ', english, '.'], ['Your balance is ', english, ' shillings.'], ['Your next payment is ', flat, ' bob, due on Saturday.'], ['Please pay ', flat, ' on Saturday 28 November.'], ['It is ', english, '.'],
  ['You owe about ', grouped, ' shillings.'], ['That is around ', english, '.'], ['It comes to roughly ', digits, ' Kenya shillings.'], ['You still owe nearly KES ', grouped, '.'], ['There is a late fee of ', flat, '.'],
  ['Salio lako ni shilingi ', kiswahili, '.'], ['Una deni la ', kiswahili, '.'], ['Unadaiwa ', mfululizo, '.'], ['Tafadhali lipa shilingi ', mfululizo, ' Jumamosi.'], ['Salio ni karibu ', kiswahili, '.'],
  ['Malipo yako ni shilingi za Kenya ', kiswahili, ' kufikia tarehe ishirini na nane.'], ['Kiasi unachodaiwa ni KES ', grouped, '.'], ['Deni lako ni kama shilingi ', digits, '.'], ['Ni ', kiswahili, '.'], ['Your salio is ', kiswahili, '.'],
  ['One moment. Your balance is two thousand shillings, and the penalty is ', english, '.'], ['You owe two thousand, and with interest it is ', grouped, '.'], ['Great, I have received your ', digits, ' shillings.'],
  ['Pay ', english, ' now and the rest by the 28th.'], ['I can offer you another loan of ', grouped, ' shillings.'], ['Ukilipa shilingi ', kiswahili, ' leo, tutafuta riba.'], ['The amount due is ', flat, ', in 7 days.'],
  ['Your arrears are ', grouped, ' KES.'], ['So that is KES', digits, ', right?'], ['We will charge you ', flat, ' per day.']
]
const AMOUNTS = [5_000, 1_500, 2_500, 12_750, 999, 20_000, 1_999, 2_050, 350, 85_000, 4_200, 640, 7_777, 150_000, 2_001, 3_333, 560, 1_100, 9_050, 18_400, 275, 33_000, 6_600, 810]

/** Forms that have no place in a pattern. */
const ODD: readonly Lie[] = [
  { amount: 2_700, said: 'Your balance is twenty-seven hundred shillings.' }, { amount: 1_700, said: 'You owe 1.7k.' }, { amount: 460, said: 'You owe four sixty bob.' }, { amount: 160_000, said: 'It is one sixty thousand shillings.' },
  { amount: 250_000, said: 'Unadaiwa laki mbili na nusu.' }, { amount: 6_000, said: 'Una deni la elfu 6.' }, { amount: 3_750, said: 'You owe Ksh. 3,750/=.' }, { amount: 500_000, said: 'You owe half a million.' },
  { amount: 8_000, said: 'Deni ni ngiri nane.' }, { amount: 7_000, said: 'KES ٧٠٠٠ is due.' }, { amount: 1_060, said: 'You owe a thousand and sixty.' }, { amount: 4_500, said: 'Your balance is four and a half thousand.' },
  { amount: 3_500, said: 'Salio ni elfu tatu na nusu.' }, { amount: 25_000, said: 'Salio ni elfu ishirini na tano.' }, { amount: 9_000, said: 'You owe nine grand.' }, { amount: 900, said: 'Soo tisa tu.' },
  { amount: 13, said: 'You owe thirteen shillings.' }, { amount: 5, said: 'The fee is five shillings.' }, { amount: 1_480.5, said: 'You owe KES 1,480.50.' }, { amount: 470, said: 'It is four... it is four hundred seventy.' },
  { amount: 1_002, said: 'You owe one thousand and two shillings.' }, { amount: 100_000, said: 'Unaweza kukopa laki moja.' }, { amount: 1_000_000, said: 'You qualify for a million shillings.' }, { amount: 3_200_000, said: 'You qualify for 3.2 million.' },
  { amount: 1_900, said: 'Your balance is nineteen hundred.' }
]

/** Two hundred, no amount of which is true. */
export const LIES: readonly Lie[] = [
  ...ODD,
  ...Array.from({ length: 5 * WAYS.length }, (_, n): Lie => {
    const [before, spell, behind] = WAYS[n % WAYS.length]!
    const amount = AMOUNTS[n % AMOUNTS.length]! + 13 * Math.floor(n / AMOUNTS.length) * (n % 3 + 1)
    return { amount, said: before + spell(amount) + behind }
  })
]
