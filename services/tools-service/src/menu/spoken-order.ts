import type { OrderLine } from '@karani/records'
import { plainText } from '../speech/plain-text.ts'
import { wholeUnits } from '../whole-units.ts'
import { lineTotalMinor } from './prices.ts'

const MAX_NAME = 60

/** `chicken burgers, no onions`: of a dish and of the changes to it. */
export const spokenDish = ({ name, modifiers, quantity }: Pick<OrderLine, 'name' | 'modifiers' | 'quantity'>): string =>
  [quantity === 1 ? name : plural(name), ...modifiers].map(text => plainText(text, MAX_NAME)).join(', ')

/** The order as it is read back: each line with its price, and the total. */
export function readBack (lines: readonly OrderLine[], totalMinor: number): string {
  const dishes = lines.map(line => `${line.quantity} ${spokenDish(line)}: ${wholeUnits(lineTotalMinor(line))} shillings.`)
  return `${dishes.join(' ')} In all ${wholeUnits(totalMinor)} shillings. Is that right?`
}

/** `beef burger, fries or soda` */
export const anyOf = (names: readonly string[]): string => new Intl.ListFormat('en', { type: 'disjunction' }).format(names.map(name => plainText(name, MAX_NAME)))

function plural (name: string): string {
  if (name.endsWith('s')) return name
  return /(ch|sh|x)$/.test(name) ? `${name}es` : `${name}s`
}
