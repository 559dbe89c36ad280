/** Spells whole numbers for the tests, by tables of its own: nothing of it is shared with the reader. */
const EN = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen']
const EN_TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']
const SW = ['sifuri', 'moja', 'mbili', 'tatu', 'nne', 'tano', 'sita', 'saba', 'nane', 'tisa']
const SW_TENS = ['', 'kumi', 'ishirini', 'thelathini', 'arobaini', 'hamsini', 'sitini', 'sabini', 'themanini', 'tisini']

export interface Style { readonly and: boolean, readonly hyphen: boolean, readonly comma: boolean }

export function inEnglish (n: number, style: Style): string {
  if (n < 20) return EN[n]!
  if (n < 100) return n % 10 === 0 ? EN_TENS[n / 10]! : `${EN_TENS[Math.floor(n / 10)]}${style.hyphen ? '-' : ' '}${EN[n % 10]}`
  if (n < 1_000) return joined(`${EN[Math.floor(n / 100)]} hundred`, n % 100, style.and ? ' and ' : ' ', style)
  const [scale, word] = n < 1_000_000 ? [1_000, 'thousand'] : [1_000_000, 'million']
  const rest = n % scale
  return joined(`${inEnglish(Math.floor(n / scale), style)} ${word}`, rest, rest < 100 && style.and ? ' and ' : style.comma ? ', ' : ' ', style)
}

const joined = (head: string, rest: number, link: string, style: Style): string => rest === 0 ? head : head + link + inEnglish(rest, style)

/** `laki` for hundreds of thousands where asked for. */
export function inKiswahili (n: number, style: Style, laki = true): string {
  const link = style.comma ? ', ' : style.and ? ' na ' : ' '
  const parts: string[] = []
  let rest = n
  for (const [scale, word] of [[1_000_000, 'milioni'], [laki ? 100_000 : Infinity, 'laki'], [1_000, 'elfu'], [100, 'mia']] as const) {
    if (rest < scale) continue
    parts.push(`${word} ${inKiswahili(Math.floor(rest / scale), { ...style, comma: false }, laki)}`)
    rest %= scale
  }
  if (rest >= 10) parts.push(SW_TENS[Math.floor(rest / 10)]! + (rest % 10 === 0 ? '' : ` na ${SW[rest % 10]}`))
  else if (rest > 0 || n === 0) parts.push(SW[rest]!)
  return parts.join(link)
}
