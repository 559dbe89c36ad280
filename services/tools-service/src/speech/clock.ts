/** A time of the day as it was said, in minutes after midnight. `to` counts for `between` alone. */
export interface ClockWish { readonly kind: 'at' | 'after' | 'before' | 'between', readonly from: number, readonly to: number }

type Part = 'morning' | 'day' | 'afternoon' | 'evening' | 'night'

const PARTS: ReadonlyArray<readonly [part: Part, words: string, from: number, to: number]> = [
  ['morning', 'morning|asubuhi|alfajiri', 8, 12],
  ['day', 'lunch ?time|lunch|noon|midday|mchana', 12, 14],
  ['afternoon', 'afternoon|alasiri', 12, 17],
  ['evening', 'evening|tonight|jioni', 16, 20],
  ['night', 'night|usiku', 19, 22]
]
const PART_WORDS = PARTS.map(([, words]) => words).join('|')

const ENGLISH = ['twelve', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven']
const SWAHILI = ['kumi na mbili', 'moja', 'mbili', 'tatu', 'nne', 'tano', 'sita', 'saba', 'nane', 'tisa', 'kumi', 'kumi na moja']

const BEFORE = '(?<prefix>after|from|past|anytime after|any time after|before|by|until|at|around|about|baada ya|kuanzia|toka|kabla ya|hadi|mpaka|ifikapo)'
/** `half past five`, `5:30`, `five thirty pm`. Dates have no such words, so a bare number needs a word before it. */
const HOUR_EN = `(?:(?<half>half past|quarter past|quarter to) )?(?<hour>${ENGLISH.slice(1).join('|')}|twelve|\\d{1,2})(?:[:. ](?<minute>thirty|fifteen|forty five|\\d\\d))?(?: ?o ?clock)?(?: ?(?<half2>am|pm|a\\.?m\\.?|p\\.?m\\.?))?`
const AFTER_EN = `(?: (?:in the |at )?(?<part>${PART_WORDS}))?`
const SAA = `sa+a (?<saa>kumi na moja|kumi na mbili|kumi|${SWAHILI.slice(1, 10).join('|')}|\\d{1,2})(?: (?:na )?(?<sehemu>nusu|robo|kasorobo|kasoro robo|kamili))?(?: (?:ya )?(?<part>${PART_WORDS}))?`

/** Tried in order. What is left of the words may say the day. */
const SPANS = /\b(?:between|from|kati ya|kuanzia|toka) (?<one>.+?) (?:and|to|until|na|hadi|mpaka) (?<two>(?:sa+a )?\S+(?: na (?:moja|mbili)\b)?(?: (?:am|pm|asubuhi|mchana|jioni))?)(?= |$)/
const CLOCKS = [
  new RegExp(`\\b(?:${BEFORE} )?${SAA}(?= |$)`),
  new RegExp(`\\b${BEFORE} ${HOUR_EN}${AFTER_EN}(?! ?(?:days?|weeks?|months?|january|february|march|april|may|june|july|august|september|october|november|december|/|-))(?= |$)`),
  new RegExp(`(?<!\\S)${HOUR_EN}${AFTER_EN}(?= |$)`)
]
const ONLY_PART = new RegExp(`\\b(?:in the |this |at |the |${BEFORE.replace('prefix', 'sooner')} )?(?<part>${PART_WORDS})\\b`)
const ISO = /^(\d{4}-\d\d-\d\d)[ t](\d\d):(\d\d)$/

const UNTIL = new Set(['before', 'by', 'until', 'kabla ya', 'hadi', 'mpaka'])
const SINCE = new Set(['after', 'from', 'past', 'anytime after', 'any time after', 'baada ya', 'kuanzia', 'toka'])

/** The time of the day in these words, and the words without it. */
export function readClock (words: string): { clock: ClockWish | null, rest: string } {
  const [, isoDay, isoHour, isoMinute] = ISO.exec(words) ?? []
  if (isoDay !== undefined) return { clock: { kind: 'at', from: Number(isoHour) * 60 + Number(isoMinute), to: 0 }, rest: isoDay }
  const span = SPANS.exec(words)
  if (span !== null) {
    const [from, to] = [span.groups!['one']!, span.groups!['two']!].map(side => timeIn(/^sa+a/.test(side) || !/sa+a/.test(span[0]) ? side : `saa ${side}`))
    if (from != null && to != null && from < to) return { clock: { kind: 'between', from, to }, rest: words.replace(span[0], ' ').trim() }
  }
  for (const pattern of CLOCKS) {
    const match = pattern.exec(words)
    const minutes = match === null ? null : minutesIn(match.groups!)
    if (match === null || minutes === null || !isSaidAsTime(match, words)) continue
    const prefix = match.groups!['prefix'] ?? ''
    const kind = UNTIL.has(prefix) ? 'before' : SINCE.has(prefix) ? 'after' : 'at'
    return { clock: { kind, from: minutes, to: 0 }, rest: words.replace(match[0], ' ').replace(/\s+/g, ' ').trim() }
  }
  const part = ONLY_PART.exec(words)
  if (part === null) return { clock: null, rest: words }
  const [, , from, to] = PARTS.find(([, said]) => new RegExp(`^(?:${said})$`).test(part.groups!['part']!))!
  return { clock: { kind: 'between', from: from * 60, to: to * 60 }, rest: words.replace(part[0], part[0].includes('tonight') || part[0].startsWith('this ') ? 'today' : ' ').replace(/\s+/g, ' ').trim() }
}

/** A bare number is an hour only where nothing else was said, or where it has minutes, or am and pm. */
function isSaidAsTime ({ 0: said, groups = {} }: RegExpExecArray, words: string): boolean {
  return groups['prefix'] !== undefined || groups['saa'] !== undefined || said === words || groups['half2'] !== undefined || groups['part'] !== undefined ||
    groups['half'] !== undefined || /[:]|o ?clock/.test(said)
}

function timeIn (words: string): number | null {
  const match = new RegExp(`^(?:${SAA}|${HOUR_EN.replace(/\?<(\w+)>/g, '?<$1_en>')}(?: (?<part_en>${PART_WORDS}))?)$`).exec(words)
  if (match === null) return null
  return minutesIn(Object.fromEntries(Object.entries(match.groups!).filter(([, said]) => said !== undefined).map(([name, said]) => [name.replace('_en', ''), said])))
}

function minutesIn (said: Readonly<Record<string, string | undefined>>): number | null {
  const part = PARTS.find(([, words]) => new RegExp(`^(?:${words})$`).test(said['part'] ?? ''))?.[0] ?? null
  return said['saa'] !== undefined ? swahiliMinutes(said['saa'], said['sehemu'], part) : englishMinutes(said, part)
}

function englishMinutes ({ hour = '', minute, half, half2 }: Readonly<Record<string, string | undefined>>, part: Part | null): number | null {
  const named = ENGLISH.indexOf(hour)
  const spoken = named >= 0 ? named : Number(hour)
  const past = half === 'half past' ? 30 : half === 'quarter past' ? 15 : half === 'quarter to' ? -15 : minute === undefined ? 0 : ({ thirty: 30, fifteen: 15, 'forty five': 45 } as Record<string, number>)[minute] ?? Number(minute)
  if (spoken > 23 || past > 59) return null
  const afternoon = half2 !== undefined ? half2.startsWith('p') : part !== null ? part !== 'morning' : spoken % 12 < 7 // who says five, without more, does not mean the night
  const isTwentyFour = spoken > 12 || (/^0\d$/.test(hour) && minute !== undefined)
  return (isTwentyFour ? spoken : spoken % 12 + (afternoon ? 12 : 0)) * 60 + past
}

/** The day of Kiswahili begins at six: `saa moja` is seven. */
function swahiliMinutes (saa: string, sehemu: string | undefined, part: Part | null): number | null {
  const named = SWAHILI.indexOf(saa)
  const spoken = named >= 0 ? named : Number(saa)
  if (spoken > 12) return null
  const hour = (spoken + 6) % 12
  const past = sehemu === undefined || sehemu === 'kamili' ? 0 : sehemu === 'nusu' ? 30 : sehemu === 'robo' ? 15 : -15
  const isAfternoon = part === 'morning' ? false : part === 'night' ? hour > 6 : part === 'evening' ? hour < 9 : hour < 7 // the last by day, and where no part was said
  return (hour + (isAfternoon ? 12 : 0)) * 60 + past
}
