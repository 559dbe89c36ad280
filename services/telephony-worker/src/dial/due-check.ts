import type { FastifyBaseLogger } from 'fastify'
import type { Records } from '@karani/records'
import type { AccountCopies } from '@karani/system-copies'
import { codeOf } from '../error-code.ts'

export interface DueCheckOptions {
  readonly records: Records
  readonly accounts: Pick<AccountCopies, 'stillDue'>
  readonly log: Pick<FastifyBaseLogger, 'warn'>
  readonly onTurn: (turn: string) => void
}

/** When the lender is asked again that could not say. */
const LATER_MS = 5 * 60_000

/** Asks the lender whether a lead is still owed for, so that whoever paid this morning is not reminded. It is asked before any transaction, and 1.5 s are waited for it. */
export class DueCheck {
  readonly #options: DueCheckOptions

  constructor (options: DueCheckOptions) { this.#options = options }

  /** True of what is no matter of a lender's. Else the lead has ended as paid, or waits until the lender can say. */
  async mayDial (leadId: string): Promise<boolean> {
    const { records, accounts, log, onTurn } = this.#options
    const accountId = await records.write(async ({ campaigns }) => await campaigns.accountToRemindOf(leadId))
    if (accountId === null) return true
    try {
      if (await accounts.stillDue(accountId)) return true
      onTurn('not-due-any-more')
      await records.write(async ({ campaigns }) => await campaigns.endAsPaid(leadId))
    } catch (err) {
      onTurn('lender-away')
      log.warn({ leadId, code: codeOf(err as Error) }, 'the lender does not say whether a reminder is still due')
      await records.write(async ({ campaigns }) => await campaigns.putOff(leadId, LATER_MS))
    }
    return false
  }
}
