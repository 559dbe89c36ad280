import { sql } from 'drizzle-orm'
import type { LoanAccount } from '@karani/business-systems'
import { accounts } from '../schema/lending.ts'
import type { CopyTable } from './system-copies.ts'

/** Accounts as the lender's system has them. */
export const copiedAccounts: CopyTable<LoanAccount> = {
  system: 'lending',
  table: accounts,
  id: accounts.accountId,
  key: accounts.accountKey,
  phone: accounts.phone,
  idOf: ({ accountId }) => accountId,
  put: (facts, copiedAt) => sql`
    insert into business.accounts (account_id, borrower, phone, national_id_last4, birth_year, balance_minor, next_payment_minor, currency, due_on, status, language, copied_at)
    select "accountId", borrower, phone, "nationalIdLast4", "birthYear", "balanceMinor", "nextPaymentMinor", currency, "dueOn", status, language, ${copiedAt}
    from jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) as facts ("accountId" text, borrower text, phone text, "nationalIdLast4" text, "birthYear" integer,
      "balanceMinor" bigint, "nextPaymentMinor" bigint, currency text, "dueOn" date, status text, language text)
    on conflict (account_id) do update set (borrower, phone, national_id_last4, birth_year, balance_minor, next_payment_minor, currency, due_on, status, language, copied_at, gone_since) =
      (excluded.borrower, excluded.phone, excluded.national_id_last4, excluded.birth_year, excluded.balance_minor, excluded.next_payment_minor, excluded.currency, excluded.due_on,
      excluded.status, excluded.language, excluded.copied_at, null)`
}
