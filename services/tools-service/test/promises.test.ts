import { deepEqual, equal } from 'node:assert/strict'
import t from 'tap'
import fc from 'fast-check'
import { answersOf, build, NOON } from './helper.ts'

const house = await build(t)
const replica = await build(t, { replicaOf: house })
const { db, clock } = house

interface Proposed { id: string, call: string, amount: number, turn: number, at: number, superseded: boolean }

/** What should be true of two calls of one borrower: an independent account of the rules, without a database. */
class Model {
  readonly proposals: Proposed[] = []
  readonly promised = new Map<string, string>()
  minutes = 0

  confirmed ({ id, superseded, at, turn, call }: Proposed, by: string, callerTurn: number, asRead: boolean): 'promise' | string {
    if (call !== by) return 'PROPOSAL_UNKNOWN'
    if (this.promised.has(id)) return 'promise'
    if (superseded) return 'PROPOSAL_SUPERSEDED'
    if (this.minutes - at >= 10) return 'PROPOSAL_EXPIRED'
    if (callerTurn <= turn) return 'PROPOSAL_NOT_ANSWERED'
    return asRead ? 'promise' : 'PROPOSAL_DIFFERS'
  }
}

const call = fc.constantFrom('A', 'B')
const step = fc.oneof(
  fc.record({ do: fc.constant('propose' as const), call, amount: fc.integer({ min: 1, max: 2_000 }), turn: fc.nat(4) }),
  fc.record({ do: fc.constant('confirm' as const), call, which: fc.nat(), turn: fc.nat(6), asRead: fc.boolean(), times: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 6 }) })
)
let rounds = 0

t.test('one promise for each confirmed proposal, of the amount that was read back, whatever is repeated, late or at once', async (t) => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 20 }), async steps => {
    const round = rounds++
    const idOf = (call: string): string => `HD_${call}_${round}`
    const model = new Model()
    clock.now = NOON
    await prove(round)

    for (const step of steps) {
      if (step.do === 'wait') {
        model.minutes += step.minutes
        clock.now = new Date(NOON.getTime() + model.minutes * 60_000)
        await prove(round)
      } else if (step.do === 'propose') {
        const { body } = await house.tool('recordPromiseToPay', { amount: step.amount, payBy: 'Friday' }, { callId: idOf(step.call), callerTurn: step.turn })
        for (const proposal of model.proposals) if (proposal.call === step.call) proposal.superseded = true
        model.proposals.push({ id: body.output!.proposalId, call: step.call, amount: step.amount, turn: step.turn, at: model.minutes, superseded: false })
      } else if (model.proposals.length > 0) {
        const proposal = model.proposals[step.which % model.proposals.length]!
        const expected = model.confirmed(proposal, step.call, step.turn, step.asRead)
        const replies = await Promise.all(Array.from({ length: step.times }, (_, time) => (time % 2 === 0 ? house : replica)
          .tool('recordPromiseToPay', { amount: step.asRead ? proposal.amount : proposal.amount + 1, payBy: 'Friday', confirm: proposal.id }, { callId: idOf(step.call), callerTurn: step.turn })))
        for (const { body } of replies) {
          if (expected === 'promise') {
            equal(body.output?.amountKes, proposal.amount)
            equal(body.output?.promiseId, model.promised.get(proposal.id) ?? body.output?.promiseId)
            model.promised.set(proposal.id, body.output?.promiseId)
          } else equal(body.error?.code, expected)
        }
      }
    }

    const { rows } = await db.query('select proposal_id, promise_id, amount_minor::int from business.promises where call_id = any($1)', [[idOf('A'), idOf('B')]])
    deepEqual(new Map(rows.map(row => [row.proposal_id, row.promise_id])), model.promised)
    for (const row of rows) equal(row.amount_minor, model.proposals.find(({ id }) => id === row.proposal_id)!.amount * 100)
  }), { numRuns: 40 })
})

/** Proofs end after ten minutes, so both calls prove themselves again. */
async function prove (round: number): Promise<void> {
  await db.query('truncate business.verification_attempts')
  for (const call of ['A', 'B']) await house.tool('verifyIdentity', answersOf.amina, { callId: `HD_${call}_${round}` })
}

t.test('fifty confirmations at once write one promise', async (t) => {
  clock.now = NOON
  const call = { callId: 'HD_fifty' }
  await house.tool('verifyIdentity', answersOf.amina, call)
  const { body: { output: proposal } } = await house.tool('recordPromiseToPay', { amount: 500, payBy: 'kesho' }, { ...call, callerTurn: 1 })
  const args = { amount: 500, payBy: 'kesho', confirm: proposal?.proposalId }
  const replies = await Promise.all(Array.from({ length: 50 }, (_, i) => (i % 2 === 0 ? house : replica).tool('recordPromiseToPay', args, { ...call, callerTurn: 2 })))
  t.equal(new Set(replies.map(({ body }) => body.output?.promiseId)).size, 1)
  t.equal((await db.query("select from business.promises where call_id = 'HD_fifty'")).rowCount, 1)
})

t.test('a proposal is for the account it was made for, even when the call has proved to be somebody else since', async (t) => {
  const call = { callId: 'HD_two' }
  await house.tool('verifyIdentity', answersOf.amina, call)
  const { body: { output: proposal } } = await house.tool('recordPromiseToPay', { amount: 500, payBy: 'kesho' }, { ...call, callerTurn: 1 })
  await house.tool('verifyIdentity', answersOf.brian, call)
  const { body } = await house.tool('recordPromiseToPay', { amount: 500, payBy: 'kesho', confirm: proposal?.proposalId }, { ...call, callerTurn: 2 })
  t.equal(body.error?.code, 'PROPOSAL_UNKNOWN')
})
