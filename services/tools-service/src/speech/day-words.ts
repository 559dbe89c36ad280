import { vocabulary } from './vocabulary.ts'

/** What callers say of a day, English and Kiswahili. `+`: a smaller number may follow, as in twenty-first. Empty: says nothing of the day. */
const WORDS = vocabulary([
  ['weekday:0', 'sunday sun jumapili'], ['weekday:1', 'monday mon jumatatu'], ['weekday:2', 'tuesday tue tues jumanne'],
  ['weekday:3', 'wednesday wed jumatano'], ['weekday:4', 'thursday thu thur thurs alhamisi'], ['weekday:5', 'friday fri ijumaa'],
  ['weekday:6', 'saturday sat jumamosi'],
  ['month:1', 'january jan januari'], ['month:2', 'february feb februari'], ['month:3', 'march mar machi'], ['month:4', 'april apr aprili'],
  ['month:5', 'may mei'], ['month:6', 'june jun juni'], ['month:7', 'july jul julai'], ['month:8', 'august aug agosti'],
  ['month:9', 'september sep sept septemba'], ['month:10', 'october oct oktoba'], ['month:11', 'november nov novemba'],
  ['month:12', 'december dec desemba'],
  ['1', 'one first moja mosi mmoja'], ['2', 'two second mbili pili miwili'], ['3', 'three third tatu mitatu'], ['4', 'four fourth nne minne'],
  ['5', 'five fifth tano mitano'], ['6', 'six sixth sita'], ['7', 'seven seventh saba'], ['8', 'eight eighth nane minane'], ['9', 'nine ninth tisa'],
  ['10', 'ten tenth'], ['11', 'eleven eleventh'], ['12', 'twelve twelfth'], ['13', 'thirteen thirteenth'], ['14', 'fourteen fourteenth'],
  ['15', 'fifteen fifteenth'], ['16', 'sixteen sixteenth'], ['17', 'seventeen seventeenth'], ['18', 'eighteen eighteenth'],
  ['19', 'nineteen nineteenth'], ['20', 'twentieth'], ['30', 'thirtieth'],
  ['10+', 'kumi'], ['20+', 'twenty ishirini'], ['30+', 'thirty thelathini'], ['40+', 'forty arobaini'], ['50+', 'fifty hamsini'], ['60+', 'sixty sitini'],
  ['today', 'today tonight immediately leo'], ['tomorrow', 'tomorrow kesho'], ['overmorrow', 'overmorrow keshokutwa'], ['3 days', 'mtondo'],
  ['days', 'day days siku'], ['weeks', 'week weeks wiki'], ['months', 'month months mwezi'], ['years', 'year mwaka'], ['25 month:12', 'christmas krismasi'],
  ['next', 'next following ijayo ujao zijazo'], ['in', 'in within after baada ndani'], ['end', 'end mwisho mwishoni'],
  ['', 'the of by on before this coming now from time at and date ya wa la za na mwa hii huu kabla mnamo tarehe'],
  ['', 'please pay until latest early i will can nitalipa nalipa naweza ninaweza kulipa hadi mpaka kufikia ifikapo mapema'],
  ['', 'morning noon afternoon evening night asubuhi mchana jioni usiku']
])

const HOUR = '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\d{1,2})'
/** A time of the day says nothing of the day: `at 5 pm`, `at half past five`, `saa kumi na mbili na nusu`. */
const CLOCK = new RegExp([
  '\\bsaa (?:kumi na (?:moja|mbili)|\\w+)(?: (?:na )?(?:nusu|robo|kasorobo|kasoro robo|kamili))?\\b',
  '\\b\\d{1,2}(?:[:.]\\d\\d)? ?(?:am|pm)\\b', '\\b\\d{1,2}:\\d\\d\\b', '\\bat \\w+ o ?clock\\b',
  `\\bat (?:half past |quarter (?:past|to) )?${HOUR}(?:[:.]\\d\\d)?(?: ?[ap]m)?\\b(?! of\\b)`
].join('|'), 'g')

/** What several words say together. */
const PHRASES: ReadonlyArray<readonly [said: RegExp, meant: string]> = [
  [/\bday after tomorrow\b|\bkesho kutwa\b/g, 'overmorrow'],
  [/\bthis (morning|afternoon|evening)\b|\bright now\b|\bsasa hivi\b/g, 'today'],
  [/\bthis month\b|\bmwezi huu\b/g, 'thismonth'],
  [/\blast day of\b|\bsiku ya mwisho (ya|wa)\b/g, 'end'],
  [/\b(end of (the )?day|close of business|no later than|not later than)\b/g, ' '],
  [/\bjuma (mosi|pili|tatu|nne|tano)\b/g, 'juma$1'],
  [/\bday (before|after) /g, 'day-$1 '], // and the day that it is counted from: not understood
  [/\b(a )?fortnight\b/g, '2 weeks'],
  [/\ba (?=day|week|month)/g, '1 ']
]

/** The words of a day in few words: numbers in digits, `weekday:5`, `month:7`, and the keys above. Unknown words stay. */
export function dayWords (text: string): string {
  const said = text.normalize('NFKD').toLowerCase()
    .replace(/[^a-z0-9/:.-]+/g, ' ')
    .replace(CLOCK, ' ')
    .replace(/[:.]/g, ' ')
    .replace(/\b(\d+)(st|nd|rd|th)\b/g, '$1')
    .replace(/([a-z])-(?=[a-z])/g, '$1 ')
  const meant = PHRASES.reduce((words, [phrase, meaning]) => words.replace(phrase, meaning), said)
  const plain = meant.trim().split(/\s+/).map(word => WORDS.get(word) ?? word).filter(word => word !== '')
  return plain.join(' ').replace(/0\+ ([1-9])\b/g, '$1').replaceAll('+', '')
}
