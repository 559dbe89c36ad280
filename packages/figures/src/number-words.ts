/** English and Kiswahili number words as transcripts write them, Kiswahili ones with their noun classes, and what Nairobi adds. */
const table = (words: string, first = 0, step = 1): Array<[string, number]> => words.split(' ').map((word, n) => [word, first + n * step])
const classes = (stem: string): string[] => ['', 'm', 'wa', 'ma', 'mi', 'vi', 'ki'].map(prefix => prefix + stem)

export const ENGLISH_UNITS: ReadonlyMap<string, number> = new Map(table('one two three four five six seven eight nine', 1))
export const ENGLISH_TEENS: ReadonlyMap<string, number> = new Map(table('ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen', 10))
export const ENGLISH_TENS: ReadonlyMap<string, number> = new Map([...table('twenty thirty forty fifty sixty seventy eighty ninety', 20, 10), ['fourty', 40]])
export const ENGLISH_SCALES: ReadonlyMap<string, number> = new Map([['thousand', 1e3], ['k', 1e3], ['grand', 1e3], ['million', 1e6], ['m', 1e6], ['billion', 1e9]])
/** The last word of an ordinal. */
export const ORDINALS: ReadonlyMap<string, number> = new Map([
  ...table('first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth', 1),
  ['twentieth', 20], ['thirtieth', 30]
])

export const KISWAHILI_UNITS: ReadonlyMap<string, number> = new Map([
  ...['moja', 'mmoja', 'kimoja', 'limoja', 'umoja'].map((word): [string, number] => [word, 1]),
  ...['mbili', 'wawili', 'mawili', 'miwili', 'viwili'].map((word): [string, number] => [word, 2]),
  ...['tatu', 'nne', 'tano'].flatMap((stem, n) => classes(stem).map((word): [string, number] => [word, n + 3])),
  ...table('sita saba nane tisa', 6), ['wanane', 8], ['manane', 8], ['minane', 8], ['vinane', 8]
])
export const KISWAHILI_TENS: ReadonlyMap<string, number> = new Map([
  ...table('kumi ishirini thelathini arobaini hamsini sitini sabini themanini tisini', 10, 10), ['arubaini', 40], ['thamanini', 80]
])
export const KISWAHILI_HUNDRED: ReadonlySet<string> = new Set(['mia', 'soo'])
export const KISWAHILI_SCALES: ReadonlyMap<string, number> = new Map([
  ['elfu', 1e3], ['alfu', 1e3], ['thao', 1e3], ['ngiri', 1e3], ['laki', 1e5], ['milioni', 1e6], ['bilioni', 1e9]
])

/** In either language. */
export const ZERO: ReadonlySet<string> = new Set(['zero', 'sifuri', 'sufuri'])
/** Words for a digit that is said by itself; `double` and `triple` repeat the next one. */
export const DIGITS: ReadonlyMap<string, number> = new Map([...[...ZERO, 'oh', 'o', 'nought'].map((word): [string, number] => [word, 0]), ...ENGLISH_UNITS, ...KISWAHILI_UNITS])
export const REPEATS: ReadonlyMap<string, number> = new Map([['double', 2], ['triple', 3]])

/** Every word that a number may begin with. */
export const BEGINNINGS: ReadonlySet<string> = new Set([
  'a', 'half', ...ENGLISH_UNITS.keys(), ...ENGLISH_TEENS.keys(), ...ENGLISH_TENS.keys(), ...ENGLISH_SCALES.keys(), 'hundred', ...ZERO,
  ...KISWAHILI_UNITS.keys(), ...KISWAHILI_TENS.keys(), ...KISWAHILI_HUNDRED, ...KISWAHILI_SCALES.keys()
])
