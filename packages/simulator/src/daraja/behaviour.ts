import type { Result } from './results.ts'

/** An answer that is none of the documented successes. A text is no JSON, as from a proxy in between. */
export interface Fault { readonly status: number, readonly body: string | { readonly errorCode: string, readonly errorMessage: string } }

/** `never` holds the connection, `cut` ends it. */
export type Reply = 'as documented' | 'never' | 'cut' | Fault

/** One delivery to the callback's URL. What is left out is the truth. */
export interface CallbackPlan {
  /** After the person has done something; may be negative, yet never comes before the push. */
  readonly delayMs?: number
  readonly says?: Result
  readonly amountKes?: number
  readonly receipt?: string
  readonly merchantRequestId?: string
  readonly checkoutRequestId?: string
}

/** How M-Pesa and the person behave from one push to its end. All of it is data, so that a test can name any of it. */
export interface DarajaBehaviour {
  readonly person: Result
  /** From the push to what the person does. The prompt of the real one is gone after about a minute (reported). */
  readonly personMs: number
  /** Whether the push shows a prompt at all. */
  readonly takesPush: boolean
  readonly pushReply: Reply
  readonly pushReplyMs: number
  /** The callbacks overtake the answer to the push, which waits for them. */
  readonly callbacksFirst: boolean
  /** None: the callback is missing. Several: duplicates, or forgeries beside the truth. */
  readonly callbacks: readonly CallbackPlan[]
  readonly queryReply: Reply
  /** How a query says that there is no result yet: the first is documented, the second reported. */
  readonly pendingAs: 'error 500.001.1001' | 'result 4999'
  /** A query's codes are texts (documented); numbers were seen. */
  readonly resultCodeAs: 'text' | 'number'
  readonly tokenReply: Reply
  /** Documented as about an hour. */
  readonly tokenLifeS: number
  /** How many requests a token is good for, as if it were revoked then. */
  readonly tokenUses: number
}

export const PROMPT_PERSON: DarajaBehaviour = {
  person: 'right PIN',
  personMs: 2_000,
  takesPush: true,
  pushReply: 'as documented',
  pushReplyMs: 0,
  callbacksFirst: false,
  callbacks: [{}],
  queryReply: 'as documented',
  pendingAs: 'error 500.001.1001',
  resultCodeAs: 'text',
  tokenReply: 'as documented',
  tokenLifeS: 3_599,
  tokenUses: Infinity
}

const SECOND = 1_000
const fault = (status: number, errorCode: string, errorMessage: string): Fault => ({ status, body: { errorCode, errorMessage } })

/** Faults with the words of the real one. */
export const DARAJA_FAULTS = {
  internal: fault(500, '500.003.1001', 'Internal Server Error'),
  spikeArrest: fault(500, '500.003.02', 'Error Occurred: Spike Arrest Violation'),
  quota: fault(500, '500.003.03', 'Quota Violation'),
  merchantUnknown: fault(500, '500.001.1001', 'Merchant does not exist'),
  tooMany: { status: 429, body: 'Too Many Requests' },
  unavailable: { status: 503, body: '<html><body><h1>503 Service Unavailable</h1></body></html>' }
} as const satisfies Record<string, Fault>

/** Each thing that goes wrong, as a difference from a person who is prompt. */
export const darajaModes = {
  paid: {},
  late: { callbacks: [{ delayMs: 45 * SECOND }] },
  missing: { callbacks: [] },
  duplicated: { callbacks: [{}, {}, { delayMs: 500 }] },
  'before-the-answer': { personMs: 0, callbacksFirst: true },
  forged: {
    person: 'never answers',
    personMs: 60 * SECOND,
    callbacks: [
      { delayMs: -59 * SECOND, says: 'right PIN' },
      { delayMs: -59 * SECOND, says: 'right PIN', checkoutRequestId: 'ws_CO_21112026140259123700000000' },
      { delayMs: -59 * SECOND, says: 'right PIN', merchantRequestId: '1-1-1' },
      {}
    ]
  },
  'wrong-amount': { callbacks: [{ amountKes: 1 }] },
  'insufficient-funds': { person: 'insufficient funds' },
  'wrong-pin': { person: 'wrong PIN' },
  cancelled: { person: 'cancels' },
  unreachable: { person: 'unreachable' },
  expired: { person: 'too late', personMs: 90 * SECOND },
  'never-answers': { person: 'never answers', personMs: 60 * SECOND },
  'accepted-then-silent': { pushReply: 'never' },
  'accepted-then-cut': { pushReply: 'cut' },
  'accepted-then-500': { pushReply: DARAJA_FAULTS.internal },
  'too-many': { takesPush: false, pushReply: DARAJA_FAULTS.tooMany },
  'spike-arrest': { takesPush: false, pushReply: DARAJA_FAULTS.spikeArrest },
  unavailable: { takesPush: false, pushReply: DARAJA_FAULTS.unavailable, queryReply: DARAJA_FAULTS.unavailable, tokenReply: DARAJA_FAULTS.unavailable },
  'query-unavailable': { callbacks: [], queryReply: DARAJA_FAULTS.unavailable },
  'token-expired': { tokenUses: 1 },
  slow: { pushReplyMs: 5 * SECOND, personMs: 20 * SECOND }
} as const satisfies Record<string, Partial<DarajaBehaviour>>

export type DarajaMode = keyof typeof darajaModes
export const DARAJA_MODES = Object.keys(darajaModes) as DarajaMode[]
