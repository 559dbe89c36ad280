import { createError } from '@fastify/error'

/** A call's id that is not `[A-Za-z0-9_-]{1,64}` was about to become a part of a Redis key. */
export const CallIdInvalidError = createError('CALL_ID_INVALID', 'The id of a call has 1 to 64 letters, digits, "_" and "-"', 400)

/** Other calls of the same number keep changing the cart. Nothing was changed by this one. */
export const CartBusyError = createError('CART_BUSY', 'The cart is being changed by others', 503)
