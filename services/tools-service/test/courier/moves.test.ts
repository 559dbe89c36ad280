import { deepEqual, equal, ok } from 'node:assert/strict'
import t from 'tap'
import fc from 'fast-check'
import { build, NOON } from '../helper.ts'

const house = await build(t)
const replica = await build(t, { replicaOf: house })
const { db, clock } = house

/** Days after the NOON of a Saturday on which a parcel may come: not on the Sundays, 1 and 8. */
const DAYS = ['2026-11-21', '2026-11-23', '2026-11-24', '2026-11-27', '2026-12-02'] as const
const ADDRESSES = ['Kilimani', 'Ngong Road, opposite the church', 'Westlands, blue gate'] as const
interface Place { day: string, address: string }
interface Proposed { id: string, call: string, turn: number, at: number, superseded: boolean, from: Place, to: Place }

/** What should be true of two calls that move one parcel at the depot: an independent account of the rules, without a database. */
class Model {
  readonly proposals: Proposed[] = []
  readonly done = new Map<string, unknown>()
  readonly moves: Array<{ from: Place, to: Place }> = []
  place: Place = { day: '2026-11-23', address: 'Depot Road' }
  minutes = 0

  propose (call: string, turn: number, to: Place, id: string): void {
    for (const proposal of this.proposals) if (proposal.call === call) proposal.superseded = true
    this.proposals.push({ id, call, turn, at: this.minutes, superseded: false, from: this.place, to })
  }

  confirmed (proposal: Proposed, by: string, turn: number): string {
    if (proposal.call !== by) return 'PROPOSAL_UNKNOWN'
    if (this.done.has(proposal.id)) return 'moved'
    if (proposal.superseded) return 'PROPOSAL_SUPERSEDED'
    if (this.minutes - proposal.at >= 10) return 'PROPOSAL_EXPIRED'
    if (turn <= proposal.turn) return 'PROPOSAL_NOT_ANSWERED'
    return isSame(proposal.from, this.place) ? 'moved' : 'DELIVERY_CHANGED'
  }
}
const isSame = (one: Place, other: Place): boolean => one.day === other.day && one.address === other.address

const call = fc.constantFrom('A', 'B')
const step = fc.oneof(
  fc.record({ do: fc.constant('propose' as const), call, day: fc.option(fc.constantFrom(...DAYS), { nil: undefined }), address: fc.option(fc.constantFrom(...ADDRESSES), { nil: undefined }), turn: fc.nat(4) }),
  fc.record({ do: fc.constant('confirm' as const), call, which: fc.nat(), turn: fc.nat(6), times: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 6 }) })
)
let rounds = 0

t.test('a parcel is moved once for each confirmed proposal, to where was read back, and every move has its row', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 20 }), async steps => {
    const round = rounds++
    const idOf = (call: string): string => `HD_${call}_${round}`
    const model = new Model()
    await db.query("truncate business.recipient_checks; update business.shipments set status = 'at_depot', deliver_on = '2026-11-23', address = 'Depot Road' where tracking_id = 'TRK-428'")
    const ask = async (house: typeof replica, call: string, callerTurn: number, args: object) =>
      await house.tool('reschedule', { trackingId: 'TRK-428', recipientName: 'Brian Otieno', ...args }, { callId: idOf(call), agent: 'courier', callerTurn })

    for (const step of steps) {
      clock.now = new Date(NOON.getTime() + model.minutes * 60_000)
      if (step.do === 'wait') {
        model.minutes += step.minutes
      } else if (step.do === 'propose') {
        const to = { day: step.day ?? model.place.day, address: step.address ?? model.place.address }
        const { body } = await ask(house, step.call, step.turn, { ...(step.day && { newDate: step.day }), ...(step.address && { address: step.address }) })
        if (isSame(to, model.place)) equal(body.error?.code, 'DELIVERY_UNCHANGED')
        else {
          equal(body.output?.['deliveryDate'], to.day)
          model.propose(step.call, step.turn, to, body.output?.['proposalId'])
        }
      } else if (model.proposals.length > 0) {
        const proposal = model.proposals[step.which % model.proposals.length]!
        const expected = model.confirmed(proposal, step.call, step.turn)
        const replies = await Promise.all(Array.from({ length: step.times }, async (_, time) => await ask(time % 2 === 0 ? house : replica, step.call, step.turn, { newDate: 'Thursday', confirm: proposal.id })))
        for (const { body } of replies) {
          equal(body.error?.code ?? 'moved', expected)
          if (expected !== 'moved') continue
          equal(body.output?.['deliveryDate'], proposal.to.day)
          if (!model.done.has(proposal.id)) {
            model.moves.push({ from: model.place, to: proposal.to })
            model.place = proposal.to
            model.done.set(proposal.id, body.output?.['changeId'])
          }
          equal(body.output?.['changeId'], model.done.get(proposal.id))
        }
      }
    }

    const { rows: [parcel] } = await db.query("select deliver_on::text as day, address from business.shipments where tracking_id = 'TRK-428'")
    deepEqual(parcel, model.place)
    const { rows } = await db.query('select from_day::text, from_address, to_day::text, to_address, proposal_id, change_id from business.delivery_changes where call_id = any($1)', [[idOf('A'), idOf('B')]])
    deepEqual(new Map(rows.map(row => [row.proposal_id, row.change_id])), model.done)
    for (const { from, to } of model.moves) ok(rows.some(row => isSame({ day: row.from_day, address: row.from_address }, from) && isSame({ day: row.to_day, address: row.to_address }, to)))
    equal(rows.length, model.moves.length)
  }), { numRuns: 25 })
})

t.test('fifty confirmations at once move a parcel once', async (t) => {
  clock.now = NOON
  await db.query('truncate business.recipient_checks')
  const call = { callId: 'HD_fifty', agent: 'courier' as const }
  const { body: { output } } = await house.tool('reschedule', { trackingId: 'TRK-430', recipientName: 'Grace Maina', newDate: 'Ijumaa' }, { ...call, callerTurn: 1 })
  const replies = await Promise.all(Array.from({ length: 50 }, (_, i) => (i % 2 === 0 ? house : replica).tool('reschedule', { trackingId: 'TRK-430', confirm: output?.['proposalId'] }, { ...call, callerTurn: 2 })))
  t.equal(new Set(replies.flatMap(({ body }) => body.output?.['changeId'] ?? [])).size, 1)
  t.ok(replies.every(({ body }) => body.output !== undefined || body.error?.code === 'TEMPORARILY_UNAVAILABLE'), 'on a busy machine, some may wait in vain for a connection')
  t.equal((await db.query("select from business.delivery_changes where call_id = 'HD_fifty'")).rowCount, 1)
})
