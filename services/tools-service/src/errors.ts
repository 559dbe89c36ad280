import createError from '@fastify/error'

/** What the business refuses is an answer like any other, and the caller may hear why: 200. */
const refusal = (code: string, message: string) => createError<string[]>(code, message, 200)
export const isRefusal = (error: unknown): error is Error & { code: string } => (error as { statusCode?: number }).statusCode === 200

/** An account was asked about in a call whose caller has not proved who they are, or proved it more than 10 minutes ago. */
export const VerificationRequiredError = refusal('VERIFICATION_REQUIRED', 'The caller has to be identified first.')
/** A dispute, a hardship, a wrong party or a minor was recorded in this call: nothing is said of a debt any more. */
export const CollectionStoppedError = refusal('COLLECTION_STOPPED', 'Do not speak of payment or of an account. Say that a person will look into it.')
/** No more calls, or a call at another time, are wanted by a caller with a withheld number who has not proved who they are. */
export const NumberHiddenError = refusal('NUMBER_HIDDEN', 'The number of this call is hidden, so it is not known which number is meant. Offer a person.')
/** A promise for more than the balance. */
export const AmountTooHighError = refusal('AMOUNT_TOO_HIGH', 'That is more than what is owed, %s shillings.')
/** No one day can be made of the words for a day. */
export const DayNotUnderstoodError = refusal('DAY_NOT_UNDERSTOOD', 'It is not clear which day is meant. Ask for a date.')
/** The day of payment, or of a call, is past or too far ahead. */
export const DayOutOfRangeError = refusal('DAY_OUT_OF_RANGE', 'The day has to be between today and %s.')
/** It was asked whom we call, in a call that we did not place. */
export const NotOurCallError = refusal('NOT_OUR_CALL', 'The caller rang us. Ask what they need.')
/** No one time can be made of the words for when to be called. */
export const TimeNotUnderstoodError = refusal('TIME_NOT_UNDERSTOOD', 'It is not clear when to call. Ask for a day and an hour.')
/** The proposal to confirm was never made, or not in this call for this account. */
export const ProposalUnknownError = refusal('PROPOSAL_UNKNOWN', 'There is no such proposal. Propose again, and read it back.')
/** The caller has not spoken since the proposal was made. */
export const ProposalNotAnsweredError = refusal('PROPOSAL_NOT_ANSWERED', 'The caller has not said yes yet. Read the proposal back, and wait for the answer.')
/** The proposal was made more than 10 minutes ago. */
export const ProposalExpiredError = refusal('PROPOSAL_EXPIRED', 'This proposal is too old. Propose again, and read it back.')
/** A newer proposal was made in the call. */
export const ProposalSupersededError = refusal('PROPOSAL_SUPERSEDED', 'A newer proposal has taken its place. Confirm that one, or propose again.')
/** A delivery was to be moved in a call that has not named its tracking id and its recipient together, or did so more than 10 minutes ago; or there is no such parcel. */
export const RecipientNotConfirmedError = refusal('RECIPIENT_NOT_CONFIRMED', "The tracking number and the recipient's name are both needed, and have to go together.")
/** A delivery was to be moved to where and when it goes already, or nobody said where to. */
export const DeliveryUnchangedError = refusal('DELIVERY_UNCHANGED', 'That changes nothing. Ask for the new day, or the new address.')
/** The parcel was delivered, returned, or is too far on its way. */
export const ParcelNotMovableError = refusal('PARCEL_NOT_MOVABLE', 'This parcel cannot be moved any more: %s.')
/** The courier does not come on that day, or not with this parcel. */
export const DeliveryDayRefusedError = refusal('DELIVERY_DAY_REFUSED', '%s The %s possible day is %s.')
/** Between the proposal and the confirmation somebody else has moved the delivery. */
export const DeliveryChangedError = refusal('DELIVERY_CHANGED', 'The delivery was changed in the meantime. Propose again, and read it back.')

/** Nothing on the menu is called like that. */
export const ItemUnknownError = refusal('ITEM_UNKNOWN', 'That is not on the menu. Did you mean %s?')
/** The words fit several dishes, or several lines of the order. */
export const ItemAmbiguousError = refusal('ITEM_AMBIGUOUS', 'Which one: %s?')
/** The dish is sold out. */
export const ItemUnavailableError = refusal('ITEM_UNAVAILABLE', 'Sorry, %s cannot be had today. There is %s.')
/** The change is not one that the menu offers for this dish. */
export const ModifierUnknownError = refusal('MODIFIER_UNKNOWN', 'That cannot be done with %s. What can be done: %s.')
/** More than one number was said, and which is how many is not clear. */
export const QuantityNotUnderstoodError = refusal('QUANTITY_NOT_UNDERSTOOD', 'It is not clear how many. One dish at a time, please.')
/** What is to be changed or taken out was never put in. */
export const ItemNotOrderedError = refusal('ITEM_NOT_ORDERED', 'That is not in the order. In it: %s.')
/** More than 20 of a dish, or more than 50 in all. */
export const OrderTooLargeError = refusal('ORDER_TOO_LARGE', 'One order has at most %s of a dish, and %s in all. A person can take a larger one.')
/** There is nothing to send to the kitchen. */
export const OrderEmptyError = refusal('ORDER_EMPTY', 'There is nothing in the order yet. What would you like?')
/** The order is not what was read back any more. */
export const OrderChangedError = refusal('ORDER_CHANGED', 'The order has changed since it was read back. Propose again, and read it back.')

/** This service was given no access to M-Pesa. */
export const MpesaUnavailableError = refusal('MPESA_UNAVAILABLE', 'Payments by M-Pesa are not available on this line.')
/** More than one request may ask for. */
export const PaymentTooLargeError = refusal('PAYMENT_TOO_LARGE', 'One request can be for %s shillings at most.')
/** With earlier requests whose outcome is open it would be more than the balance. */
export const PaymentOpenError = refusal('PAYMENT_OPEN', 'An earlier payment is not confirmed yet. Until it is, no more can be requested.')
/** The phone of this account was asked less than two minutes ago. */
export const PromptTooSoonError = refusal('PROMPT_TOO_SOON', 'A request was sent a moment ago. The next one can be sent in %s seconds.')
/** Two requests were already sent in this call. */
export const PromptLimitError = refusal('PROMPT_LIMIT', 'No more requests can be sent in this call. Offer a person.')

/** The confirmation has another amount or day than what was read back. */
export const ProposalDiffersError = refusal('PROPOSAL_DIFFERS', 'That is not what was read back. Propose it anew, and read it back.')

/** The call token was signed for another call. */
export const CallTokenMismatchError = createError('CALL_TOKEN_MISMATCH', 'The call token is for another call.', 403)
/** The call's agent has no tool of this name, or it is none that this service carries out. */
export const ToolUnknownError = createError('TOOL_UNKNOWN', 'There is no such tool.', 404)
/** The body is not `{ id, args }`. */
export const ToolCallInvalidError = createError('TOOL_CALL_INVALID', 'The tool call could not be read.', 400)
/** The arguments do not fit the tool's schema. */
export const ToolArgumentsInvalidError = createError<[fault: string]>('TOOL_ARGUMENTS_INVALID', 'The arguments do not fit: %s.', 400)
/** The database, or a business's own system, is away or too slow, or something unforeseen went wrong. A write may or may not have happened: asking again is safe. */
export const TemporarilyUnavailableError = createError('TEMPORARILY_UNAVAILABLE', 'This is not available right now. Try once more in a moment.', 503)

/** The till did not take an order. It is told again. */
export const KitchenRefusedError = createError<[status: number]>('KITCHEN_REFUSED', 'The till answered %s')
/** Somebody says that a payment has ended, and M-Pesa says that it has not: the claim is looked at again later. */
export const PaymentPendingError = createError('PAYMENT_PENDING', 'M-Pesa does not confirm the claim yet')
