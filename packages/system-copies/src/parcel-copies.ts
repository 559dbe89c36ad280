import type { CourierSystem, Parcel, ParcelQuery } from '@karani/business-systems'
import type { Records } from '@karani/records'
import { AskedCopies } from './asked-copies.ts'

/** Parcels as their courier has them. Rejects with SYSTEM_UNAVAILABLE when no usable answer came. */
export class ParcelCopies {
  readonly #copies: AskedCopies<Parcel>

  constructor (courier: CourierSystem, records: Records, now: () => Date) {
    this.#copies = new AskedCopies<Parcel>({
      ask: async query => await courier.parcel('key' in query ? { trackingKey: query.key } : query),
      ageOf: async key => await records.copies.parcels.ageOf(key),
      keep: async (...answer) => { await records.write(async ({ copies }) => { await copies.parcels.keep(...answer) }) },
      now
    })
  }

  /** Which parcel is the latest to a number, only the courier knows: that is asked always. */
  async refresh (query: ParcelQuery): Promise<void> {
    if ('trackingKey' in query) await this.#copies.refresh(query.trackingKey)
    else await this.#copies.ask(query)
  }
}
