import { randomBytes } from 'node:crypto'

const NAIROBI_OFFSET_MS = 3 * 3600_000

/** `yyyyMMddHHmmssSSS` in Nairobi. */
export const nairobiTime = (instant: Date): string => new Date(instant.getTime() + NAIROBI_OFFSET_MS).toISOString().replace(/\D/g, '').slice(0, 17)

/** As `f1e2-4b95-a71d-b30d3cdbb7a7942864` (documented). */
export function merchantRequestId (): string {
  const hex = randomBytes(15).toString('hex')
  return `${hex.slice(0, 4)}-${hex.slice(4, 8)}-${hex.slice(8, 12)}-${hex.slice(12)}`
}

/** The time, and the last nine digits of the payer's number (observed): this id is personal data. `phone` as `2547…`. */
export function checkoutRequestId (at: Date, phone: string): string {
  const [, year, month, day, time] = /^(\d{4})(\d\d)(\d\d)(\d{9})$/.exec(nairobiTime(at)) ?? []
  return `ws_CO_${day}${month}${year}${time}${phone.slice(-9)}`
}

/** Ten letters and digits; never the same twice, even for a ledger that outlives this process. */
export const receiptNumber = (): string => `T${BigInt(`0x${randomBytes(6).toString('hex')}`).toString(36).toUpperCase().padStart(9, '0').slice(-9)}`
