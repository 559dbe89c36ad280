import type { Slots } from './phrase.ts'
import { NUMBER_SLOTS, readDigits } from './spoken-numbers.ts'

const KISWAHILI: Slots = {
  namba: '[t r k] <tarakimu> <tarakimu> <tarakimu>',
  mzigo: '(mzigo | kifurushi) [wangu | changu]',
  siku: '([siku ya] (jumatatu | jumanne | jumatano | alhamisi | ijumaa | jumamosi | jumapili) [ijayo] | leo | kesho | keshokutwa | kesho kutwa)',
  jina: '(<first> | amina | fatuma | halima | wanjiku | akinyi | otieno | kamau) (<last> | wanjiru | otieno | mwangi | yusuf | njoroge | odhiambo)'
}

/** What callers of a courier name. The recogniser's dictionary is American: of Kenyan names it knows a few. */
export const COURIER_SLOTS: Slots = {
  ...NUMBER_SLOTS,
  tracking: '[t r k] <digit> <digit> <digit>',
  parcel: '(parcel | package | delivery)',
  weekday: 'monday | tuesday | wednesday | thursday | friday | saturday | sunday',
  day: '[next] <weekday> | today | tomorrow',
  name: '<first> <last>',
  first: 'grace | mary | jane | joseph | peter | john | brian | george',
  last: 'maina | moses | hassan | omar | ali',
  place: '<road> [<landmark>] | <landmark>',
  road: '(moi | church | market | hospital) road',
  landmark: '(opposite | behind | near | next to) the (church | market | school | hospital | bank | petrol station)',
  ...KISWAHILI
}

/** `t r k four three zero` -> `TRK-430` */
export function parcelNumber (tracking: string): string {
  return `TRK-${readDigits(tracking.replace(/^t r k /, ''))}`
}
