import { spokenKey, type AccountQuery, type LendingSystem, type LoanAccount } from '@karani/business-systems'
import type { Records } from '@karani/records'
import { AskedCopies } from './asked-copies.ts'

/** Accounts as their lender has them; without a lender's system, those that the records have. Rejects with SYSTEM_UNAVAILABLE when no usable answer came. */
export class AccountCopies {
  readonly #copies: AskedCopies<LoanAccount> | null
  readonly #records: Records
  readonly #now: () => Date

  constructor (lending: LendingSystem | null, records: Records, now: () => Date) {
    this.#records = records
    this.#now = now
    this.#copies = lending && new AskedCopies<LoanAccount>({
      ask: async query => await lending.account('key' in query ? { accountKey: query.key } : query),
      ageOf: async key => await records.copies.accounts.ageOf(key),
      keep: async (...answer) => { await records.write(async ({ copies }) => { await copies.accounts.keep(...answer) }) },
      now
    })
  }

  /** Before somebody proves to be the borrower: asked always, so that the time tells nobody which accounts there are. */
  async claimed (query: AccountQuery): Promise<void> {
    await this.#copies?.ask('accountKey' in query ? { key: query.accountKey } : query)
  }

  /** Before something is said of, or done to, the account that this call was verified for. */
  async verifiedIn (callId: string): Promise<void> {
    if (this.#copies === null) return
    const key = await this.#records.accounts.verifiedKeyIn(callId, this.#now())
    if (key !== undefined) await this.#copies.refresh(key)
  }

  /** Whether anything is due on an account, as its lender said at most 60 s ago; false when there is no such account. For a dial decision: an error is no leave to dial. */
  async stillDue (accountId: string): Promise<boolean> {
    await this.#copies?.refresh(spokenKey(accountId))
    return await this.#records.accounts.isDue(accountId)
  }
}
