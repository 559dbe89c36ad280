import t from 'tap'
import fc from 'fast-check'
import { printTicket, type Ticket } from '../../src/menu/ticket.ts'

const TICKET: Ticket = {
  businessName: 'Kuku Corner',
  orderNumber: 17,
  orderedAt: new Date('2026-11-21T09:00:00Z'),
  timeZone: 'Africa/Nairobi',
  phone: '+254712345678',
  lines: [
    { sku: 'chicken-burger', name: 'chicken burger', modifiers: ['no onions', 'extra cheese'], quantity: 2, unitPriceMinor: 50_000 },
    { sku: 'fries', name: 'fries', modifiers: [], quantity: 1, unitPriceMinor: 15_050 }
  ],
  totalMinor: 115_050,
  currency: 'KES'
}

t.test('a ticket says who, when, what, how, and how much', async (t) => {
  t.equal(printTicket(TICKET), [
    '               Kuku Corner',
    '                 ORDER 17',
    '21 Nov 2026, 12:00, caller ...678',
    '------------------------------------------',
    '2 x chicken burger                 1000.00',
    '    * NO ONIONS',
    '    * EXTRA CHEESE',
    '1 x fries                           150.50',
    '------------------------------------------',
    'TOTAL KES                          1150.50',
    ''
  ].join('\n'))
})

t.test('whatever the menu says, a ticket is ASCII and fits the paper, and shows no whole number of a caller', async (t) => {
  const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.constantFrom('crème brûlée', 'x'.repeat(100), '\u001b[2J\r\n', 'dish with a name that is really very long indeed'))
  const line = fc.record({ sku: fc.constant('dish'), name: text, modifiers: fc.array(text, { maxLength: 3 }), quantity: fc.integer({ min: 1, max: 20 }), unitPriceMinor: fc.nat(100_000_000) })
  fc.assert(fc.property(text, fc.array(line, { maxLength: 5 }), fc.integer({ min: 32, max: 42 }), (businessName, lines, columns) => {
    const printed = printTicket({ ...TICKET, businessName, lines }, columns)
    return /^[\x20-\x7e\n]*$/.test(printed) && printed.endsWith('\n') && printed.split('\n').every(row => row.length <= columns) && !printed.includes('712345678')
  }), { numRuns: 500 })
})
