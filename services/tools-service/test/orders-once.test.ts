import { deepEqual, equal, match } from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import t from 'tap'
import fc from 'fast-check'
import { cuttingDoor } from './cutting-door.ts'
import { guests, newNumber, type GuestCall } from './guest.ts'
import { build, NOON, type House, type ToolReply } from './helper.ts'

const house = await build(t)
const replica = await build(t, { replicaOf: house })
const databaseDoor = await cuttingDoor(t, house.databaseUrl)
const redisDoor = await cuttingDoor(t, house.redisUrl)
/** A replica whose connections are cut: its process might as well have died. */
const mortal = await build(t, { replicaOf: { ...house, databaseUrl: databaseDoor.url, redisUrl: redisDoor.url } })
const { db, clock } = house
const ring = guests(t, house)

const ordersOf = async (proposals: readonly string[]): Promise<Map<string, string>> => {
  const { rows } = await db.query('select proposal_id, order_id from business.orders where proposal_id = any($1)', [proposals])
  return new Map(rows.map(row => [row.proposal_id, row.order_id]))
}

/** Asked until there is an answer; the same function call each time. */
async function insist (guest: GuestCall, tool: string, args: object, options: { id: string, turn: number, in: House }): Promise<ToolReply> {
  for (;;) {
    const reply = await guest.tool(tool, args, options)
    if (reply.status < 500) return reply
    await wait(5)
  }
}

interface Proposed { id: string, call: 0 | 1, revision: number, turn: number, at: number, superseded: boolean }

/** What should be true of one number's cart and of its two calls: an independent account of the rules. */
class Model {
  readonly proposals: Proposed[] = []
  readonly ordered = new Map<string, string>()
  sodas = 0
  revision = 0
  minutes = 0

  add (quantity: number): void {
    this.sodas += quantity
    this.revision++
  }

  confirmed ({ id, superseded, at, turn, call, revision }: Proposed, by: 0 | 1, callerTurn: number): 'order' | string {
    if (call !== by) return 'PROPOSAL_UNKNOWN'
    if (this.ordered.has(id)) return 'order'
    if (superseded) return 'PROPOSAL_SUPERSEDED'
    if (this.minutes - at >= 10) return 'PROPOSAL_EXPIRED'
    if (callerTurn <= turn) return 'PROPOSAL_NOT_ANSWERED'
    return revision === this.revision ? 'order' : 'ORDER_CHANGED'
  }

  order (id: string, orderId: string): void {
    if (this.ordered.has(id)) return
    this.ordered.set(id, orderId)
    this.sodas = 0
    this.revision++
  }
}

const call = fc.constantFrom(0 as const, 1 as const)
const crash = fc.option(fc.record({ pieces: fc.integer({ min: 1, max: 14 }), when: fc.constantFrom('before' as const, 'after' as const), door: fc.constantFrom(databaseDoor, databaseDoor, redisDoor) }), { freq: 2 })
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('add' as const), call, quantity: fc.integer({ min: 1, max: 2 }), crash }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('propose' as const), call, turn: fc.nat(3) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('confirm' as const), call, which: fc.nat(), turn: fc.nat(6), times: fc.integer({ min: 1, max: 3 }), crash }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 6 }) }) }
)
let ids = 0

t.test('one order for each confirmed proposal, of exactly what was read back, whatever is repeated, changed, late, at once, or dies on the way', async (t) => {
  t.teardown(() => { clock.now = NOON })
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 16 }), async steps => {
    const caller = newNumber()
    const calls = [await ring({ caller }), await ring({ caller })] as const
    const model = new Model()
    clock.now = NOON
    for (const step of steps) {
      const id = `step-${ids++}`
      if (step.do === 'wait') {
        clock.now = new Date(NOON.getTime() + (model.minutes += step.minutes) * 60_000)
      } else if (step.do === 'add') {
        const cut = step.crash?.door.cut(step.crash.pieces, step.crash.when)
        const { body } = await insist(calls[step.call], 'addItem', { name: 'soda', quantity: step.quantity }, { id, turn: 1, in: mortal })
        cut?.stop()
        if (model.sodas + step.quantity > 20) equal(body.error?.code, 'ORDER_TOO_LARGE')
        else model.add(step.quantity)
      } else if (step.do === 'propose') {
        const { body } = await calls[step.call].tool('placeOrder', {}, { id, turn: step.turn, in: replica })
        if (model.sodas === 0) equal(body.error?.code, 'ORDER_EMPTY')
        else {
          equal(body.output?.totalKes, model.sodas * 100)
          for (const proposal of model.proposals) if (proposal.call === step.call) proposal.superseded = true
          model.proposals.push({ id: body.output!.proposalId, call: step.call, revision: model.revision, turn: step.turn, at: model.minutes, superseded: false })
        }
      } else if (model.proposals.length > 0) {
        const proposal = model.proposals[step.which % model.proposals.length]!
        const expected = model.confirmed(proposal, step.call, step.turn)
        const cut = step.crash?.door.cut(step.crash.pieces, step.crash.when)
        const houses = step.crash === null ? [house, replica, house] : [mortal, house, mortal]
        const replies = await Promise.all(houses.slice(0, step.times).map(async (at, time) =>
          await insist(calls[step.call], 'placeOrder', { confirm: proposal.id }, { id: `${id}-${time % 2}`, turn: step.turn, in: at })))
        cut?.stop()
        for (const { body } of replies) {
          if (expected !== 'order') equal(body.error?.code, expected)
          else {
            match(body.output?.orderId ?? body.error?.code, /^order-/)
            equal(body.output?.orderId, model.ordered.get(proposal.id) ?? body.output?.orderId)
            model.order(proposal.id, body.output?.orderId)
          }
        }
      }
      equal((await calls[0].tool('getTotal')).body.output?.totalKes, model.sodas * 100)
    }
    deepEqual(await ordersOf(model.proposals.map(({ id }) => id)), model.ordered)
  }), { numRuns: 25 })
})

for (const [store, door] of [['PostgreSQL', databaseDoor], ['Redis', redisDoor]] as const) {
  for (const when of ['before', 'after'] as const) {
    t.test(`an order whose process dies just ${when} any of its words to ${store} is written once when it is asked for again`, async (t) => {
      let pieces = 0
      for (let wasCut = true; wasCut; pieces++) {
        const guest = await ring({ caller: newNumber() })
        const adding = door.cut(pieces + 1, when)
        await insist(guest, 'addItem', { name: 'two sodas' }, { id: 'add', turn: 1, in: mortal })
        adding.stop()
        t.equal((await guest.tool('getTotal')).body.output?.totalKes, 200, `two sodas, though it broke at ${pieces}`)
        const { output } = (await guest.tool('placeOrder', {}, { turn: 1 })).body
        const confirming = door.cut(pieces + 1, when)
        const { body } = await insist(guest, 'placeOrder', { confirm: output?.proposalId }, { id: 'confirm', turn: 2, in: mortal })
        wasCut = confirming.isDone || pieces < 12
        confirming.stop()
        const again = await guest.tool('placeOrder', { confirm: output?.proposalId }, { turn: 3 })
        t.equal(again.body.output?.orderId, body.output?.orderId)
        t.same(await ordersOf([output?.proposalId]), new Map([[output?.proposalId, body.output?.orderId]]))
        t.equal((await guest.tool('getTotal')).body.output?.totalKes, 0)
        if (pieces > 40) break
      }
      t.comment(`${pieces} places to die at`)
    })
  }
}

t.test('what was put into a cart is there once, even when its transaction is lost and the call is asked again', async (t) => {
  const guest = await ring({ caller: newNumber() })
  await db.query(`create function business.fail_once() returns trigger language plpgsql as $$ begin raise exception 'the process died'; end $$;
    create constraint trigger fail_once after update on business.tool_calls deferrable initially deferred for each row execute function business.fail_once()`)
  t.equal((await guest.tool('addItem', { name: 'three sodas' }, { id: 'lost' })).status, 503)
  await db.query('drop trigger fail_once on business.tool_calls; drop function business.fail_once')
  t.equal((await guest.tool('getTotal')).body.output?.totalKes, 300, 'Redis had it already')
  t.equal((await guest.tool('addItem', { name: 'three sodas' }, { id: 'lost' })).body.output?.totalKes, 300)
  t.equal((await guest.tool('addItem', { name: 'three sodas' }, { id: 'new' })).body.output?.totalKes, 600)
})

t.test('two calls of one number that change their order at once, on two replicas, lose nothing and double nothing, twenty times', async (t) => {
  for (let round = 0; round < 20; round++) {
    const caller = newNumber()
    const [one, other] = [await ring({ caller }), await ring({ caller })]
    const changes = Array.from({ length: 16 }, async (_, i) => await insist(i % 2 === 0 ? one : other, 'addItem', { name: i % 4 < 2 ? 'soda' : 'fries' }, { id: `f${i >> 2}`, turn: 1, in: i % 3 === 0 ? house : replica }))
    await Promise.all(changes)
    // ids f0 to f3 in each of two calls, each asked twice: 8 changes
    t.same((await one.tool('getTotal')).body.output?.items.reduce((sum: number, { quantity }: { quantity: number }) => sum + quantity, 0), 8)
  }
})

t.test('twenty confirmations at once write one order', async (t) => {
  const guest = await ring({ caller: newNumber() })
  await guest.tool('addItem', { name: 'soda' })
  const { output } = (await guest.tool('placeOrder', {}, { turn: 1 })).body
  const replies = await Promise.all(Array.from({ length: 20 }, async (_, i) => await insist(guest, 'placeOrder', { confirm: output?.proposalId }, { id: `c${i}`, turn: 2, in: i % 2 === 0 ? house : replica })))
  t.equal(new Set(replies.map(({ body }) => body.output?.orderId)).size, 1)
  t.equal((await ordersOf([output?.proposalId])).size, 1)
})
