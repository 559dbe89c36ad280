import { deepEqual, equal, ok } from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import t from 'tap'
import fc from 'fast-check'
import { darajaModes, type DarajaMode } from '@karani/simulator'
import { answersOf } from './helper.ts'
import { payingHouse } from './paying-house.ts'

const house = await payingHouse(t)
const { app, db, daraja, claims, replica, pass, sent } = house
const replicas = [app.payments!, replica.app.payments!]

/** Those that need no real time to pass. */
const MODES = Object.keys(darajaModes).filter(mode => mode !== 'accepted-then-silent' && mode !== 'slow') as DarajaMode[]
const CALLS = ['A', 'B', 'C'] as const
/** A and B are two calls of Amina, C is one of Brian. */
const borrowerOf = { A: 'amina', B: 'amina', C: 'brian' } as const
const PHONES = { amina: '+254712345678', brian: '+254722000002' }

const call = fc.constantFrom(...CALLS)
const propose = fc.record({ do: fc.constant('propose' as const), call, amount: fc.integer({ min: 1, max: 3_000 }) })
/** Of the newest proposal and by who heard it, most of the time. */
const confirm = fc.record({ do: fc.constant('confirm' as const), other: fc.option(call, { freq: 8 }), back: fc.option(fc.nat(), { freq: 5 }), times: fc.integer({ min: 1, max: 4 }) })
const mode = fc.record({ do: fc.constant('mode' as const), mode: fc.constantFrom(...MODES) })
const step = fc.oneof(
  { weight: 3, arbitrary: propose },
  { weight: 5, arbitrary: confirm },
  { weight: 3, arbitrary: mode },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), seconds: fc.constantFrom(3, 31, 121, 121) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('deliver' as const), which: fc.nat(), times: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('forge' as const), which: fc.nat(), amount: fc.integer({ min: 1, max: 3_000 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('check' as const), times: fc.integer({ min: 1, max: 3 }) }) }
)
/** Each begins with a request that is confirmed. */
const history = fc.tuple(mode, propose, confirm, fc.array(step, { minLength: 8, maxLength: 25, size: 'max' })).map(([mode, propose, confirm, rest]) => [mode, propose, confirm, ...rest])

interface Proposed { readonly id: string, readonly call: typeof CALLS[number], readonly amount: number, paymentId?: string }

const intents = async (calls: string[]) => (await db.query('select payment_intents.*, amount_minor::int as amount, transaction_id::int as booked from business.payment_intents left join business.ledger_transactions using (intent_id) where call_id = any($1)', [calls])).rows
const balances = async (): Promise<Map<string, number>> => new Map((await db.query('select account_id, balance_minor::int as balance from business.accounts')).rows.map(row => [row.account_id, row.balance]))
/** A queue would bring it again. */
const unlessPending = (err: Error & { code?: string }): void => { if (err.code !== 'PAYMENT_PENDING' && !err.code?.startsWith('DARAJA_')) throw err }
const handTo = async (n: number, claim: typeof claims[number] | undefined): Promise<void> => { if (claim !== undefined) await replicas[n % 2]!.claimed(claim.callback, claim.intentId).catch(unlessPending) }

let rounds = 0

t.test('one request for each confirmation, of its amount, to the number of the record, and one booking for each payment that was made', async (t) => {
  await fc.assert(fc.asyncProperty(history, async steps => {
    const round = rounds++
    const idOf = (call: string): string => `HD_${call}_${round}`
    const tools = { A: house.tool, B: replica.tool, C: house.tool }
    daraja.behave()
    await pass(121_000)
    claims.length = 0
    const firstPush = daraja.pushes.length
    await db.query("update business.payment_intents set state = 'failed', failure = 'not-sent', settled_at = now(), next_check_at = null where state not in ('paid', 'failed'); update business.accounts set balance_minor = 1000000, next_payment_minor = 50000; truncate dialling.stops")
    const proposals: Proposed[] = []
    const verify = async (call: typeof CALLS[number]): Promise<void> => {
      await db.query('truncate business.verification_attempts')
      await house.tool('verifyIdentity', answersOf[borrowerOf[call]], { callId: idOf(call) })
    }

    for (const [turn, step] of steps.entries()) {
      if (step.do === 'propose') {
        await verify(step.call)
        const { body } = await tools[step.call]('startMpesaIntent', { amount: step.amount }, { callId: idOf(step.call), callerTurn: turn })
        if (body.output !== undefined) proposals.push({ id: body.output.proposalId, call: step.call, amount: step.amount })
      } else if (step.do === 'confirm' && proposals.length > 0) {
        const proposal = proposals.at(-1 - (step.back ?? 0) % proposals.length)!
        const by = step.other ?? proposal.call
        await verify(by)
        const replies = await Promise.all(Array.from({ length: step.times }, async (_, n) => await (n % 2 === 0 ? house : replica)
          .tool('startMpesaIntent', { amount: 1, confirm: proposal.id }, { callId: idOf(by), callerTurn: turn })))
        await sent()
        for (const { body: { output } } of replies) {
          if (output === undefined) continue
          equal(by, proposal.call, 'only the call that heard it can confirm it')
          equal(output.amountKes, proposal.amount)
          equal(output.paymentId, proposal.paymentId ?? output.paymentId)
          proposal.paymentId = output.paymentId
        }
      } else if (step.do === 'mode') daraja.behave(darajaModes[step.mode])
      else if (step.do === 'pass') await pass(step.seconds * 1_000)
      else if (step.do === 'check') await Promise.all(Array.from({ length: step.times }, async (_, n) => await replicas[n % 2]!.check()))
      else if (step.do === 'deliver') await Promise.all(Array.from({ length: step.times }, async (_, n) => await handTo(n, claims[step.which % claims.length])))
      else if (step.do === 'forge') {
        const rows = await intents(CALLS.map(idOf))
        const { intent_id: intentId = null, checkout_request_id: known } = rows[step.which % rows.length] ?? {}
        await handTo(step.which, { intentId, callback: { merchantRequestId: '1-1-1', checkoutRequestId: known ?? `ws_CO_${randomUUID()}`, outcome: { state: 'paid' }, amountKes: step.amount, receipt: `QKF${String(round).padStart(4, '0')}${String(step.which % 1000).padStart(3, '0')}` } })
      }
    }

    // In the end everybody answers, and what was told comes once more.
    daraja.behave()
    for (const seconds of [6, 31, 31, 61]) {
      await pass(seconds * 1_000)
      for (const [n, claim] of claims.entries()) await handTo(n, claim)
      await Promise.all(replicas.map(async payments => await payments.check()))
    }

    const rows = await intents(CALLS.map(idOf))
    const confirmed = proposals.filter(({ paymentId }) => paymentId !== undefined)
    deepEqual(rows.map(row => row.intent_id).sort(), confirmed.map(({ paymentId }) => paymentId).sort(), 'a row for each confirmation')
    const pushes = daraja.pushes.slice(firstPush)
    for (const { paymentId, amount, call } of confirmed) {
      const asked = pushes.filter(({ callbackUrl }) => callbackUrl.endsWith(`/${paymentId}`))
      ok(asked.length <= 1, 'asked once')
      for (const push of asked) deepEqual([push.amountKes, push.phone], [amount, PHONES[borrowerOf[call]]])
      const row = rows.find(row => row.intent_id === paymentId)!
      if (row.state === 'paid') {
        equal(asked[0]?.isPaid, true, 'what is taken for paid was paid')
        ok(row.receipt === null || row.receipt === asked[0]!.receipt || row.receipt.startsWith('QKF'))
      }
      if (row.state === 'failed') ok(asked.length === 0 || !asked[0]!.isPaid, 'what was paid is not taken for failed')
      if (asked[0]?.isPaid === true && claims.some(({ intentId, callback }) => intentId === paymentId && callback.amountKes === amount)) equal(row.state, 'paid', 'what was paid and told is found out')
    }
    equal(pushes.length, pushes.filter(({ callbackUrl }) => confirmed.some(({ paymentId }) => callbackUrl.endsWith(`/${paymentId}`))).length, 'nobody else was asked')
    for (const phone of Object.values(PHONES)) {
      const times = pushes.filter(push => push.phone === phone).map(({ at }) => at.getTime())
      for (let n = 1; n < times.length; n++) ok(times[n]! - times[n - 1]! >= 120_000, 'two minutes apart')
    }
    for (const call of CALLS) ok(rows.filter(row => row.call_id === idOf(call) && pushes.some(({ callbackUrl }) => callbackUrl.endsWith(`/${row.intent_id}`))).length <= 2, 'two in a call')

    const after = await balances()
    const { rows: stopped } = await db.query("select account_id from dialling.stops where reason = 'paid'")
    for (const [account, calls] of [['LN-1001', ['A', 'B']], ['LN-1002', ['C']]] as const) {
      const paid = rows.filter(row => row.state === 'paid' && calls.some(call => row.call_id === idOf(call)))
      equal(after.get(account), 1_000_000 - paid.reduce((sum, row) => sum + row.amount, 0), 'the balance moved by what was paid')
      equal(stopped.filter(row => row.account_id === account).length, paid.filter(({ booked }) => paid.filter(other => other.booked <= booked).reduce((sum, row) => sum + row.amount, 0) >= 50_000).length, 'reminders stop once for each payment that leaves nothing due')
    }
    const { rows: booked } = await db.query('select intent_id, sum(amount_minor)::int as sum, count(*)::int as lines from business.ledger_entries join business.ledger_transactions using (transaction_id) where intent_id = any($1) group by intent_id', [rows.map(row => row.intent_id)])
    deepEqual(booked.map(row => row.intent_id).sort(), rows.filter(row => row.state === 'paid').map(row => row.intent_id).sort(), 'each payment is booked, once')
    for (const { sum, lines } of booked) deepEqual([sum, lines], [0, 2])
  }), { numRuns: 30 })
  t.ok(daraja.pushes.length > 15, `phones were asked ${daraja.pushes.length} times`)
})
