import type { Records } from './reference-system.ts'

export const RECORDS: Records = {
  accounts: [
    { accountId: 'TC-1042', borrower: 'Wanjiku Kamau', phone: '+254711222333', nationalIdLast4: '4821', birthYear: 1990, balanceMinor: 850_000, nextPaymentMinor: 200_000, currency: 'KES', dueOn: '2026-11-27', status: 'current', language: 'en-KE' },
    { accountId: 'TC-1043', borrower: 'Juma Mwangi', phone: '+254722333444', nationalIdLast4: '7734', birthYear: 1985, balanceMinor: 1_250_000, nextPaymentMinor: 310_000, currency: 'KES', dueOn: '2026-11-12', status: 'overdue', language: 'sw-KE' }
  ],
  parcels: [
    { trackingId: 'TRK-427', recipient: 'Amina Wanjiru', recipientPhone: '+254733444555', address: 'Westlands, Mpaka Road, opposite the petrol station, blue gate', status: 'in_transit', etaMinutes: 40, deliverOn: '2026-11-23' },
    { trackingId: 'TRK-428', recipient: 'Brian Otieno', recipientPhone: '+254744555666', address: 'Kilimani, Argwings Kodhek Road, Yaya flats B4', status: 'at_depot', etaMinutes: null, deliverOn: '2026-11-24' }
  ],
  menu: {
    currency: 'KES',
    items: [
      { sku: 'chicken-burger', name: 'chicken burger', aliases: ['burger ya kuku', 'kuku'], modifiers: ['no onions', 'extra cheese'], priceMinor: 45_000, available: true },
      { sku: 'fries', name: 'fries', aliases: ['chips', 'vibanzi'], modifiers: ['large'], priceMinor: 15_000, available: true },
      { sku: 'pilau', name: 'pilau', aliases: ['pilaf'], modifiers: [], priceMinor: 35_000, available: false }
    ],
    modifiers: [
      { name: 'no onions', aliases: ['bila vitunguu'], priceMinor: 0 },
      { name: 'extra cheese', aliases: [], priceMinor: 8_000 },
      { name: 'large', aliases: ['kubwa'], priceMinor: 7_000 }
    ]
  }
}
