import { createHash, randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import { Cart } from './cart.ts'
import { CartBusyError } from './errors.ts'
import { storedJson, type OnCorrupt } from './stored-json.ts'

/** Whose cart is meant: that of a call. */
export interface CartOwner {
  readonly callId: string
  /** Our number and the caller's, E.164; null when unknown or withheld. */
  readonly line: string | null
  readonly caller: string | null
}

type Answer = Readonly<Record<string, unknown>>
/** What a change makes of a cart. */
export interface CartChange extends Pick<Cart, 'lines' | 'last'> { readonly answer: Answer }

/** Since the last change. */
const LIFETIME_S = 10 * 60
const MAX_ANSWERS = 8
/** Each attempt loses to a change that was made: as many at once as no number has calls. */
const MAX_ATTEMPTS = 50

const REPLACE = `
  if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
  redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
  return 1`

/**
 * Orders in the making, for ten minutes after the last change. Calls from one number to one line share a cart, so that who
 * was cut off and rings again goes on with it; a caller without a number has one for the call alone.
 *
 * A change replaces the state that it was made from or is made again: none is lost, none done twice. It is remembered with
 * its answer, so that the same function call, asked again, changes nothing.
 */
export class Carts {
  readonly #redis: Redis
  readonly #read: (text: string | null) => Cart | undefined

  constructor (redis: Redis, onCorrupt: OnCorrupt = () => {}) {
    this.#redis = redis
    this.#read = storedJson(Cart, 'cart', onCorrupt)
  }

  async get (owner: CartOwner): Promise<Cart | undefined> {
    return this.#read(await this.#redis.get(cartKey(owner)))
  }

  /**
   * Changes the cart by a pure function of it, once for each `id` of a function call, and resolves to its answer. When `change`
   * throws, nothing is changed. The cart `spent` is one no more, and another is begun.
   * @throws CartBusyError when others keep changing it
   */
  async change (owner: CartOwner, { id, spent = null }: { readonly id: string, readonly spent?: string | null }, change: (cart: Cart | undefined) => CartChange): Promise<Answer> {
    const key = cartKey(owner)
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const text = await this.#redis.get(key)
      const stored = this.#read(text)
      const cart = stored?.cartId === spent ? undefined : stored
      const given = cart?.answers.find(answer => answer.callId === owner.callId && answer.id === id)
      if (given !== undefined) return given.answer
      const { answer, lines, last } = change(cart)
      const answers = [...cart?.answers ?? [], { callId: owner.callId, id, answer }].slice(-MAX_ANSWERS)
      const next: Cart = { cartId: cart?.cartId ?? randomUUID(), revision: randomUUID(), lines, last, answers }
      if (await this.#redis.eval(REPLACE, 1, key, text ?? '', JSON.stringify(next), LIFETIME_S) === 1) return answer
    }
    throw new CartBusyError()
  }
}

/** Of a caller with a number, it holds no number that could be read. */
export function cartKey ({ callId, line, caller }: CartOwner): string {
  const owner = line === null || caller === null ? ['call', callId] : ['caller', line, caller]
  return `cart:${createHash('sha256').update(JSON.stringify(owner)).digest('base64url')}`
}
