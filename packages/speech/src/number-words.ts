const ONES = [
  'zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen',
  'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'
]
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']
const SCALES = [[1_000_000_000, 'billion'], [1_000_000, 'million'], [1_000, 'thousand'], [100, 'hundred']] as const

/** A whole number, 0 or more, as it is said: 12500 is `twelve thousand five hundred`. */
export function numberWords (n: number): string {
  if (n < 20) return ONES[n]!
  if (n < 100) return TENS[Math.floor(n / 10)]! + (n % 10 === 0 ? '' : ` ${ONES[n % 10]!}`)
  const [scale, name] = SCALES.find(([scale]) => n >= scale)!
  const rest = n % scale
  return `${numberWords(Math.floor(n / scale))} ${name}${rest === 0 ? '' : ` ${numberWords(rest)}`}`
}

/** Digit by digit: `four two seven`. */
export function digitWords (digits: string): string {
  return Array.from(digits, (digit) => ONES[Number(digit)]!).join(' ')
}
