import { Type, type Static, type TSchema } from 'typebox'
import type { DialableNumber } from '@karani/calling-rules'
import { DEMO_NUMBERS, isLoopback } from './demo-numbers.ts'
import { DemoNumberError, type SautikitError } from './errors.ts'
import { SautikitApi, type ApiRequest, type SautikitApiOptions } from './sautikit-api.ts'

const Text = Type.Optional(Type.Union([Type.String(), Type.Null()]))
const Count = Type.Optional(Type.Union([Type.Integer(), Type.Null()]))
const Anything = Type.Unknown()

const PlacedReply = Type.Object({ call_id: Text, session_id: Text, status: Type.Optional(Type.String()) })
const Call = Type.Object({
  id: Type.String(),
  session_id: Text,
  direction: Type.String(),
  status: Type.String(),
  local_e164: Text,
  remote_e164: Text,
  started_at: Text,
  answered_at: Text,
  ended_at: Text,
  duration_seconds: Count,
  cost_minor: Count,
  cost_currency: Text,
  failure_code: Text
})
const CallReply = Type.Object({ call: Call })
const CallsReply = Type.Object({ data: Type.Array(Call), next_cursor: Text })
const NumbersReply = Type.Object({ numbers: Type.Array(Type.Object({ id: Type.String(), e164: Type.String(), status: Type.Optional(Type.String()), voice_callback_url: Text, events_url: Text })) })
const WalletReply = Type.Object({ balance_minor: Type.Integer(), currency: Type.String() })

export type CarrierCall = Static<typeof Call>
export type CarrierNumber = Static<typeof NumbersReply>['numbers'][number]
export type Wallet = Static<typeof WalletReply>

/** Of a list, and of what is read of lists in one go. */
const PAGE = 100
const MAX_LISTED = 2_000

export interface OutboundCall {
  /** Ours, E.164. */
  readonly from: string
  readonly to: DialableNumber
  /** Asked what to do once the call is answered. */
  readonly voiceCallbackUrl: string
  /** Comes back in every webhook of the call. The exchange takes it for a hint against dialling twice: never the same for two calls. */
  readonly clientRequestId: string
  /** The same key while the call lives gets the first reply again, and nobody is dialled. */
  readonly idempotencyKey: string
}

export interface Routing { readonly voiceCallbackUrl: string, readonly eventsUrl: string }

/**
 * The carrier's REST API. Replies are the carrier's own objects, as far as they are used. Each method rejects with a
 * SautikitError; what can be asked twice without harm is tried three times when no final answer comes.
 * Calls go by their UUID or by the exchange's identity, `HD_…`.
 */
export class SautikitClient {
  readonly #api: SautikitApi
  #walletPaths: readonly [string, string] = ['/v1/wallet/balance', '/v1/wallet']
  /** The carrier is this machine's own, and simulated: no call leaves. */
  readonly isLocal: boolean

  constructor (options: SautikitApiOptions) {
    this.#api = new SautikitApi(options)
    this.isLocal = isLoopback(options.url)
  }

  /** Ends a call. One that has ended, or that the carrier no longer knows, is as good as ended. */
  async hangUp (callId: string): Promise<void> {
    try {
      await this.#api.request({ method: 'POST', path: `${callPath(callId)}/hangup`, repeatable: true, reply: Anything })
    } catch (err) {
      if ((err as SautikitError).reason !== 'calls.not_found') throw err
    }
  }

  /** Moves a live call to another voice URL. Documented, never seen to work: believe the fetch of the URL, not the reply. */
  async redirect (callId: string, url: string): Promise<void> {
    await this.#api.request({ method: 'POST', path: `${callPath(callId)}/redirect`, body: { routing_url: url }, reply: Anything })
  }

  /**
   * Dials; resolves before anybody answers. After SAUTIKIT_FAILED or SAUTIKIT_UNREACHABLE the call may exist all the same.
   * @throws DemoNumberError without asking anybody, where the carrier is a real one
   */
  async placeCall ({ from, to, voiceCallbackUrl, clientRequestId, idempotencyKey }: OutboundCall): Promise<{ callIds: string[], status: string }> {
    if (!this.isLocal && DEMO_NUMBERS.has(to)) throw new DemoNumberError()
    const body = { from, to: [to], voice_callback_url: voiceCallbackUrl, client_request_id: clientRequestId }
    const placed = await this.#api.request({ method: 'POST', path: '/v1/calls', body, idempotencyKey, reply: PlacedReply })
    return { callIds: [placed.session_id, placed.call_id].filter(id => typeof id === 'string'), status: placed.status ?? 'ringing' }
  }

  async getCall (callId: string): Promise<CarrierCall> {
    const { call } = await this.#api.request({ method: 'GET', path: callPath(callId), repeatable: true, reply: CallReply })
    return call
  }

  /** The calls that we placed since an instant, the newest first, `MAX_LISTED` at most. The numbers that are sought are not told: a URL is logged. */
  async outboundCallsSince (since: Date): Promise<CarrierCall[]> {
    const calls: CarrierCall[] = []
    let cursor: string | null | undefined
    do {
      const query = new URLSearchParams({ direction: 'outbound', from: since.toISOString(), limit: String(PAGE), ...(typeof cursor === 'string' && { cursor }) })
      const page = await this.#api.request({ method: 'GET', path: `/v1/calls?${query.toString()}`, repeatable: true, reply: CallsReply })
      calls.push(...page.data)
      cursor = page.next_cursor
      if (page.data.some(({ started_at: startedAt }) => Date.parse(startedAt ?? '') < since.getTime())) break // whatever the carrier makes of `from`
    } while (typeof cursor === 'string' && calls.length < MAX_LISTED)
    return calls.filter(({ direction }) => direction.toLowerCase() === 'outbound')
  }

  async listNumbers (): Promise<CarrierNumber[]> {
    const { numbers } = await this.#api.request({ method: 'GET', path: '/v1/numbers', repeatable: true, reply: NumbersReply })
    return numbers
  }

  /** Sets where a number's calls and events go. The documents say PATCH; PUT was seen to work. */
  async setRouting (numberId: string, { voiceCallbackUrl, eventsUrl }: Routing): Promise<void> {
    const routing = { path: `/v1/numbers/${encodeURIComponent(numberId)}/routing`, body: { voice_callback_url: voiceCallbackUrl, events_url: eventsUrl }, repeatable: true, reply: Anything }
    await this.#firstKnown({ ...routing, method: 'PATCH' }, { ...routing, method: 'PUT' })
  }

  /** What is left to call with. The first path is the documents', the second was seen to work; the one that answered is asked first from then on. */
  async wallet ({ timeoutMs }: { readonly timeoutMs?: number } = {}): Promise<Wallet> {
    const balance = { method: 'GET', repeatable: true, reply: WalletReply, ...(timeoutMs !== undefined && { timeoutMs }) } as const
    const [path, other] = this.#walletPaths
    const [wallet, answered] = await this.#firstKnown({ ...balance, path }, { ...balance, path: other })
    if (answered.path === other) this.#walletPaths = [other, path]
    return wallet
  }

  async #firstKnown<Reply extends TSchema> (route: ApiRequest<Reply>, alternative: ApiRequest<Reply>): Promise<[reply: Static<Reply>, answered: ApiRequest<Reply>]> {
    try {
      return [await this.#api.request(route), route]
    } catch (err) {
      const { status } = err as SautikitError
      if (status !== 404 && status !== 405) throw err
      return [await this.#api.request(alternative), alternative]
    }
  }
}

const callPath = (callId: string): string => `/v1/calls/${encodeURIComponent(callId)}`
