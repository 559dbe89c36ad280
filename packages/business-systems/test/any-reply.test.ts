import type { ServerResponse } from 'node:http'
import fc from 'fast-check'
import t from 'tap'
import { Value } from 'typebox/value'
import { httpLending, LoanAccount, type SystemError } from '../src/index.ts'
import { ACCOUNT, startSystem } from './system-server.ts'

const FIELDS = Object.keys(ACCOUNT)
const anyReply = fc.oneof(
  fc.jsonValue(),
  fc.record({ field: fc.constantFrom(...FIELDS), value: fc.oneof(fc.jsonValue(), fc.integer(), fc.string()) }).map(({ field, value }) => ({ ...ACCOUNT, [field]: value })),
  fc.record({ field: fc.string(), value: fc.jsonValue() }).map(({ field, value }) => ({ [field]: value, ...ACCOUNT }))
)

t.test('whatever JSON a system answers, it is an account of this shape with this id, or no usable answer', async t => {
  let reply: unknown
  const { options } = await startSystem(t, ...Array.from({ length: 400 }, () => (response: ServerResponse) => response.end(JSON.stringify(reply))))
  const lending = httpLending(options)
  await fc.assert(fc.asyncProperty(anyReply, async body => {
    reply = body
    const [account, err] = await lending.account({ accountKey: 'TC1042' }).then(account => [account, undefined] as const, (err: SystemError) => [undefined, err] as const)
    if (err !== undefined) return err.code === 'SYSTEM_UNAVAILABLE' && err.reason === 'unreadable'
    return Value.Check(LoanAccount, account) && account.accountId.replace(/\W/g, '') === 'TC1042' && Object.keys(account).every(name => FIELDS.includes(name))
  }), { numRuns: 400, endOnFailure: true })
})
