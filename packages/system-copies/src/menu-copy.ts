import type { RestaurantSystem } from '@karani/business-systems'
import type { Records } from '@karani/records'
import { isFresh } from './copy-age.ts'

/** The menu as the till has it. */
export class MenuCopy {
  readonly #till: RestaurantSystem
  readonly #records: Records
  readonly #now: () => Date
  #refreshing: Promise<void> | null = null

  constructor (till: RestaurantSystem, records: Records, now: () => Date) {
    this.#till = till
    this.#records = records
    this.#now = now
  }

  /** Asks, unless the copy is young enough; once for all who wait. Rejects with SYSTEM_UNAVAILABLE when no usable answer came. */
  async refresh (): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => { this.#refreshing = null })
    await this.#refreshing
  }

  async #refresh (): Promise<void> {
    const at = this.#now()
    if (isFresh(await this.#records.copies.menu.copiedAt(), at)) return
    const card = await this.#till.menu()
    await this.#records.write(async ({ copies }) => { await copies.menu.keep(card, at) })
  }
}
