import { CarrierFact } from '@karani/call-model'
import type { Redis } from 'ioredis'
import { callKey, DAY_S } from './keys.ts'
import { storedJson, type OnCorrupt } from './stored-json.ts'

/** Longer than the carrier retries a callback: 8 attempts within two days, and a week in its dead letters. */
const LIFETIME_S = 8 * DAY_S
const MAX_FACTS = 64
const MAX_NAMES = 8

const ADD = `
  if redis.call('SCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
  local added = redis.call('SADD', KEYS[1], ARGV[1])
  redis.call('EXPIRE', KEYS[1], ARGV[3])
  return added`

/**
 * What the carrier said about each call: a set, so that duplicated and reordered callbacks leave the same facts. Facts may
 * come before the call is otherwise known; they lie still until somebody asks. At most 64 a call are kept, the first ones.
 *
 * The carrier has two names for a call, a UUID and a session id, and a callback may use either or both. `link` notes that
 * names belong together; `of` gathers the facts under all names of a call, whenever the names were linked.
 */
export class CarrierFacts {
  readonly #redis: Redis
  readonly #read: (text: string | null) => CarrierFact | undefined

  constructor (redis: Redis, onCorrupt: OnCorrupt = () => {}) {
    this.#redis = redis
    this.#read = storedJson(CarrierFact, 'fact', onCorrupt)
  }

  /** Whether the fact is new under this name. */
  async add (callId: string, fact: CarrierFact): Promise<boolean> {
    return await this.#addTo(callKey(callId, 'facts'), canonical(fact), MAX_FACTS)
  }

  async link (callIds: readonly string[]): Promise<void> {
    for (const one of callIds) {
      for (const other of callIds) if (one !== other) await this.#addTo(callKey(one, 'names'), other, MAX_NAMES)
    }
  }

  /** In no order. */
  async of (callId: string): Promise<CarrierFact[]> {
    const facts = new Set<string>()
    for (const name of await this.namesOf(callId)) {
      for (const fact of await this.#redis.smembers(callKey(name, 'facts'))) facts.add(fact)
    }
    return [...facts].flatMap(text => this.#read(text) ?? [])
  }

  /** All names of a call that were linked, this one first. */
  async namesOf (callId: string): Promise<Set<string>> {
    const names = new Set([callId])
    for (const name of names) { // grows while it is walked
      const further = await this.#redis.smembers(callKey(name, 'names'))
      for (const next of further) if (names.size < MAX_NAMES) names.add(next)
    }
    return names
  }

  async #addTo (key: string, member: string, bound: number): Promise<boolean> {
    return await this.#redis.eval(ADD, 1, key, member, bound, LIFETIME_S) === 1
  }
}

/** Equal facts have equal text, whatever the order of their fields. */
function canonical ({ state, occurredAt, durationSeconds, cause, recordingId }: CarrierFact): string {
  return JSON.stringify({ state, occurredAt, durationSeconds, cause, recordingId })
}
