import { vocabulary } from '../speech/vocabulary.ts'

const UNITS = vocabulary([
  ['1', 'one single moja mmoja'], ['2', 'two couple pair mbili wawili mawili viwili'], ['3', 'three tatu watatu matatu vitatu'],
  ['4', 'four nne wanne manne vinne'], ['5', 'five tano watano matano vitano'], ['6', 'six sita'], ['7', 'seven saba'],
  ['8', 'eight nane wanane manane vinane'], ['9', 'nine tisa']
])
const TEENS = vocabulary([
  ['10', 'ten'], ['11', 'eleven'], ['12', 'twelve dozen'], ['13', 'thirteen'], ['14', 'fourteen'], ['15', 'fifteen'], ['16', 'sixteen'],
  ['17', 'seventeen'], ['18', 'eighteen'], ['19', 'nineteen']
])
/** A unit may follow, in Kiswahili after `na`. */
const TENS = vocabulary([
  ['10', 'kumi'], ['20', 'twenty ishirini'], ['30', 'thirty thelathini'], ['40', 'forty arobaini'], ['50', 'fifty hamsini'],
  ['60', 'sixty sitini'], ['70', 'seventy sabini'], ['80', 'eighty themanini'], ['90', 'ninety tisini'], ['100', 'hundred mia']
])

export interface Counted {
  /** Each number that was said, in order. */
  readonly counts: readonly number[]
  /** What was said besides. */
  readonly rest: readonly string[]
}

/** Takes the numbers out of what was said, figures or words, English and Kiswahili: `kumi na mbili` is 12. */
export function takeCounts (words: readonly string[]): Counted {
  const counts: number[] = []
  const rest: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    const tens = TENS.get(word)
    if (tens === undefined) {
      const count = /^\d{1,4}$/.test(word) ? Number(word) : Number(UNITS.get(word) ?? TEENS.get(word))
      if (Number.isNaN(count)) rest.push(word)
      else counts.push(count)
      continue
    }
    const joined = words[at + 1] === 'na' ? 2 : 1
    const unit = UNITS.get(words[at + joined] ?? '')
    counts.push(Number(tens) + Number(unit ?? 0))
    if (unit !== undefined) at += joined
  }
  return { counts, rest }
}
