/** `number` is written in digits; `code`, `date` and `time` are too, but mean no amount. `mark` is a sign such as `%` or `/=`. */
export type TokenType = 'word' | 'number' | 'code' | 'date' | 'time' | 'mark'
/** What stands before a token: nothing or a space, a comma, or something that ends a clause. */
export type Gap = 'join' | 'comma' | 'break'

export interface Token {
  readonly type: TokenType
  /** In lower case, digits in ASCII. */
  readonly text: string
  readonly from: number
  readonly to: number
  readonly gap: Gap
}

/** Tried in this order at each place. */
const PATTERNS: ReadonlyArray<readonly [TokenType, RegExp]> = [
  ['date', /\d{4}-\d{2}-\d{2}(t[\d:.]+(z|[+-]\d\d:?\d\d)?)?|\d{1,2}[/-]\d{1,2}[/-](\d{4}|\d{2})(?!\d)/y],
  ['time', /\d{1,2}:\d{2}(?!\d)/y],
  ['code', /(\+\d|0\d)[\d -]{4,}\d|\d{9,}|(?!(?:kes|kshs?|shs?)-?\d)\p{L}+-?\d[\p{L}\d-]*|\d+\p{L}+\d[\p{L}\d]*/yu],
  ['number', /\d{1,3}([,'’]\d{3}|[ \u00a0\u202f]\d{3})+(?!\d)(\.\d{1,2}(?!\d))?|\d+(\.\d+)?/y],
  ['mark', /\/[=-]|%|\$|€|£/y],
  ['word', /[\p{L}\p{M}]+(['’][\p{L}\p{M}]+)*/yu]
]

/** Cuts a text into tokens. Signs that mean nothing here are left out. */
export function tokensOf (text: string): Token[] {
  const plain = asciiDigits(text).replace(/\p{Lu}/gu, inLowerCase)
  const tokens: Token[] = []
  let gapFrom = 0
  for (let at = 0; at < plain.length;) {
    const found = tokenAt(plain, at)
    if (found === null) { at++; continue }
    const [type, matched] = found
    tokens.push({ type, text: matched, from: at, to: at + matched.length, gap: gapOf(plain.slice(gapFrom, at), type) })
    at = gapFrom = at + matched.length
  }
  return tokens
}

function tokenAt (text: string, at: number): [TokenType, string] | null {
  for (const [type, pattern] of PATTERNS) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match !== null) return [type, match[0]]
  }
  return null
}

/** A hyphen joins words (`twenty-five`); between figures it means a range. An abbreviation's full stop (`Ksh. 500`) is left to whoever reads. */
function gapOf (between: string, type: TokenType): Gap {
  if (/^[\s"'’“”*_]*$/.test(between) || (between === '-' && type === 'word')) return 'join'
  return /^[\s"'’“”*_]*,[\s"'’“”*_]*$/.test(between) ? 'comma' : 'break'
}

/** Arabic-Indic, Devanagari and other decimal digits: each script has its ten in a row, and a transcript may come in any. */
function asciiDigits (text: string): string {
  return text.replace(/\p{Nd}/gu, digit => {
    const code = digit.codePointAt(0)!
    if (code < 128 || code > 0xffff) return digit
    let zero = code
    while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--
    return String(code - zero)
  })
}

/** Offsets are those of the text as it came: a letter whose lower case is longer stays. */
function inLowerCase (letter: string): string {
  const lower = letter.toLowerCase()
  return lower.length === letter.length ? lower : letter
}
