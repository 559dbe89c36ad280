import { placeOrder as contract } from '@karani/agents'
import type { OrderTerms, PlacedOrder, Writings } from '@karani/records'
import { ItemUnavailableError, OrderChangedError, OrderEmptyError } from '../errors.ts'
import { alternativesTo, price } from '../menu/prices.ts'
import { anyOf, readBack } from '../menu/spoken-order.ts'
import { printTicket } from '../menu/ticket.ts'
import { wholeUnits } from '../whole-units.ts'
import { confirmed, scopeOf } from './confirmation.ts'
import { lockedCart, summary } from './order-in-the-making.ts'
import { writing, type Output, type Tool, type ToolCall } from './tool.ts'

/** First a proposal that is read back, then, after the caller has answered, the order: always what was read back, at the prices that were. */
const ordering = writing(contract, async ({ confirm }, call, writings) =>
  confirm === undefined ? await propose(call, writings) : await order(confirm, call, writings))

/** Tells the kitchen once the order is written; should it not come to that, the order waits in the outbox. */
export const placeOrder: Tool = {
  name: ordering.name,
  async carryOut (args, call, records) {
    const answer = await ordering.carryOut(args, call, records)
    if ('output' in answer && typeof answer.output.orderId === 'string') call.restaurant.tellKitchen(answer.output.orderId)
    return answer
  }
}

/** A call has one order at a time. */
const SUBJECT = 'order'

async function propose (call: ToolCall, writings: Writings): Promise<Output> {
  const { cart } = await lockedCart(call, writings)
  if (cart === undefined || cart.lines.length === 0) throw new OrderEmptyError()
  const menu = await writings.menu.items()
  const { lines, totalMinor, unavailable: [soldOut] } = price(cart.lines, menu)
  if (soldOut !== undefined) throw new ItemUnavailableError(anyOf([soldOut]), anyOf(alternativesTo(menu.find(({ name }) => name === soldOut), menu).map(({ name }) => name)))
  const { cartId, revision } = cart
  const terms: OrderTerms = { cartId, revision, lines, totalMinor, currency: call.currency }
  const proposalId = await writings.proposals.propose(scopeOf(contract, SUBJECT, call), terms)
  return { proposalId, readBack: readBack(lines, totalMinor), ...summary(cart.lines, menu) }
}

async function order (proposalId: string, call: ToolCall, writings: Writings): Promise<Output> {
  const placed = confirmed(await writings.proposals.confirm<OrderTerms, PlacedOrder>(proposalId, scopeOf(contract, SUBJECT, call),
    async terms => await place(terms, proposalId, call, writings)))
  return { ordered: true, orderId: placed.orderId, orderNumber: placed.orderNumber, totalKes: wholeUnits(placed.totalMinor) }
}

async function place ({ revision, ...terms }: OrderTerms, proposalId: string, call: ToolCall, writings: Writings): Promise<PlacedOrder> {
  const { cart, context } = await lockedCart(call, writings)
  if (cart?.revision !== revision) throw new OrderChangedError()
  const { claims: { callId, caller: phone }, now: at, timeZone } = call
  const orderNumber = await writings.orders.nextNumber()
  const ticket = printTicket({ ...terms, businessName: context?.businessName ?? '', orderNumber, orderedAt: at, timeZone, phone })
  return await writings.orders.place({ ...terms, orderNumber, proposalId, callId, line: context?.line ?? null, phone, at, ticket })
}
