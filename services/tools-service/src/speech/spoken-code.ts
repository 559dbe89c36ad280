import { vocabulary } from './vocabulary.ts'

/** `~`: a digit is still to come, as in twenty-seven, or it is a zero. */
const WORDS = vocabulary([
  ['0', 'zero oh nought sifuri'], ['1', 'one moja'], ['2', 'two mbili'], ['3', 'three tatu'], ['4', 'four nne'], ['5', 'five tano'],
  ['6', 'six sita'], ['7', 'seven saba'], ['8', 'eight nane'], ['9', 'nine tisa'],
  ['10', 'ten'], ['11', 'eleven'], ['12', 'twelve'], ['13', 'thirteen'], ['14', 'fourteen'], ['15', 'fifteen'], ['16', 'sixteen'],
  ['17', 'seventeen'], ['18', 'eighteen'], ['19', 'nineteen'],
  ['2~', 'twenty'], ['3~', 'thirty'], ['4~', 'forty'], ['5~', 'fifty'], ['6~', 'sixty'], ['7~', 'seventy'], ['8~', 'eighty'], ['9~', 'ninety'],
  ['', 'dash hyphen minus number']
])

/**
 * The letters and digits of an id as a caller says it, in capitals: `T R K four two seven`, `trk-427`, `TRK four
 * twenty-seven` are all `TRK427`.
 */
export function spokenCode (text: string): string {
  const words = text.toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim()
    .replace(/\bdouble (\w+)/g, '$1 $1').replace(/\btriple (\w+)/g, '$1 $1 $1')
  const code = words.split(' ').map(word => WORDS.get(word) ?? word).join(' ')
  return code.replace(/~ (?=[1-9]( |$))/g, '').replaceAll('~', '0').replaceAll(' ', '').toUpperCase()
}
