import { Compile } from 'typebox/compile'
import { HttpSystem, type HttpSystemOptions } from './http-system.ts'
import { LoanAccount, type LendingSystem } from './lending.ts'
import { spokenKey } from './spoken-key.ts'

export const ACCOUNT = Compile(LoanAccount)

/** A lender's core banking behind HTTP. @see docs/business-systems.md */
export function httpLending (options: HttpSystemOptions): LendingSystem {
  const system = new HttpSystem(options)
  return {
    account: async query => await system.find('/accounts/find', query, ACCOUNT, ({ accountId, phone }) => 'phone' in query ? phone === query.phone : spokenKey(accountId) === query.accountKey),
    promised: async promise => await system.tell('/promises', promise.promiseId, promise),
    paid: async payment => await system.tell('/payments', payment.paymentId, payment)
  }
}
