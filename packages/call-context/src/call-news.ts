import type { Redis } from 'ioredis'
import { Type, type Static } from 'typebox'
import { followStream } from './follow-stream.ts'
import { storedJson, type OnCorrupt } from './stored-json.ts'

/** Something that whoever holds a live call should hear of, although it asked nothing just now. */
export const CallNews = Type.Object({
  callId: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }),
  /** The same for a repetition. */
  newsId: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }),
  /** `handed-over`: the carrier has come for the document of the hand-off; no news for the clerk. */
  kind: Type.Enum(['payment-received', 'payment-failed', 'payment-unconfirmed', 'handed-over']),
  /** A few sentences for the model, in our own words: one line, without names and numbers of people. */
  text: Type.String({ pattern: '^[\\x20-\\x7e]{1,300}$' })
}, { additionalProperties: false })
export type CallNews = Readonly<Static<typeof CallNews>>

const STREAM = 'calls:news'
/** About; what nobody has followed by then is lost. */
const MAX_NEWS = 1_000

/** News for live calls, whichever replica has the call. They are told at least once to whoever follows, and may be lost: the records are the truth. */
export class CallNewsStream {
  readonly #redis: Redis
  readonly #read: (text: string | null) => CallNews | undefined

  constructor (redis: Redis, onCorrupt: OnCorrupt = () => {}) {
    this.#redis = redis
    this.#read = storedJson(CallNews, 'call-news', onCorrupt)
  }

  async publish (news: CallNews): Promise<void> {
    await this.#redis.xadd(STREAM, 'MAXLEN', '~', MAX_NEWS, '*', 'news', JSON.stringify(news))
  }

  /** Hands all news from now on to `handler`, in order, until `signal` aborts; those of a Redis that was away too, once it is back. */
  async follow (handler: (news: CallNews) => void, signal: AbortSignal): Promise<void> {
    await followStream(this.#redis, STREAM, { fromId: '$', signal }, text => {
      const news = this.#read(text)
      if (news !== undefined) handler(news)
    })
  }
}
