import type { DialFault } from '@karani/simulator'

export type RedisTrouble = { readonly afterMs: number } & (
  | { readonly does: 'flush' }
  | { readonly does: 'freeze' | 'kill', readonly forMs: number }
)

/** Of the clock that decides, in its own time. `to closing`: to so long before the hours end, of this day or the next. */
export interface ClockJump {
  readonly afterMs: number
  readonly does: 'forward' | 'back' | 'to closing'
  readonly ms: number
}

/** Somebody opts out so long after their lead has entered this state for the first time. */
export interface OptOutRace {
  readonly state: 'reserved' | 'posting'
  readonly afterMs: number
}

/** Everything that goes wrong in a run, and when. */
export interface ChaosPlan {
  /** Which of so many workers is killed, and how long after the one before. */
  kills (workers: number): Generator<{ readonly afterMs: number, readonly place: number }, never>
  redisTroubles (): Generator<RedisTrouble, never>
  clockJumps (): Generator<ClockJump, never>
  /** Whom it hits, as a share of all people, and how long after the one before. */
  optOuts (): Generator<{ readonly afterMs: number, readonly share: number }, never>
  optOutRace (lead: number): OptOutRace | null
  /** Of the n-th request to the carrier for this lead. */
  dialFault (lead: number, request: number): DialFault | null
  /** What happens when this lead's phone rings for the n-th time. */
  callee (lead: number, call: number): 'answer' | 'busy' | 'ring out'
}

/**
 * The trouble that a seed stands for. Each source of trouble has a stream of its own, named after what it troubles, so that what one of them
 * draws does not depend on how the processes interleave: the same seed is the same plan.
 */
export function planChaos (seed: number): ChaosPlan {
  const dice = (...names: Array<string | number>): Dice => new Dice(`${seed} ${names.join(' ')}`)
  return {
    * kills (workers) {
      const kills = dice('kills')
      for (;;) yield { afterMs: kills.between(200, 1_500), place: Math.floor(kills.next() * workers) }
    },
    * redisTroubles () {
      const troubles = dice('redis')
      for (;;) {
        const afterMs = troubles.between(4_000, 12_000)
        const does = troubles.pick(REDIS_TROUBLES)
        if (does === 'flush') yield { afterMs, does }
        else yield { afterMs, does, forMs: troubles.between(100, does === 'freeze' ? 2_000 : 1_000) }
      }
    },
    * clockJumps () {
      const jumps = dice('clock')
      for (let n = 1; ; n++) {
        const afterMs = jumps.between(3_000, 9_000)
        const does = n % 6 === 3 ? 'to closing' : jumps.pick(CLOCK_JUMPS)
        yield { afterMs, does, ms: jumps.between(...JUMP_MS[does]) }
      }
    },
    * optOuts () {
      const people = dice('opt-outs')
      for (;;) yield { afterMs: people.between(200, 2_000), share: people.next() }
    },
    optOutRace (lead) {
      const race = dice('race', lead)
      const state = race.pick(RACES)
      return state === null ? null : { state, afterMs: race.between(0, 12) }
    },
    dialFault: (lead, request) => dice('dial', lead, request).pick(DIAL_FAULTS),
    callee: (lead, call) => dice('callee', lead, call).pick(CALLEES)
  }
}

type Shares<T> = ReadonlyArray<readonly [share: number, what: T]>

const REDIS_TROUBLES: Shares<RedisTrouble['does']> = [[0.3, 'flush'], [0.4, 'freeze'], [0.3, 'kill']]
const CLOCK_JUMPS: Shares<ClockJump['does']> = [[0.5, 'forward'], [0.5, 'back']]
/** Back by as much as a server that sets its clock once makes up for; forward also by as much as a machine that was asleep. */
const JUMP_MS: Readonly<Record<ClockJump['does'], [least: number, most: number]>> = { forward: [500, 600_000], back: [100, 10_000], 'to closing': [2_000, 30_000] }
const RACES: Shares<OptOutRace['state'] | null> = [[0.03, 'reserved'], [0.03, 'posting'], [0.94, null]]
const CALLEES: Shares<'answer' | 'busy' | 'ring out'> = [[0.7, 'answer'], [0.15, 'busy'], [0.15, 'ring out']]
const DIAL_FAULTS: Shares<DialFault | null> = [
  [0.05, { does: 'cut before' }], [0.05, { does: 'cut during' }], [0.05, { does: 'cut after' }],
  [0.03, { does: 'status', status: 500 }], [0.04, { does: 'status after', status: 502 }], [0.02, { does: 'status', status: 422 }],
  [0.02, { does: 'status', status: 429, retryAfterS: 1 }], [0.05, { does: 'slow', ms: 300 }],
  [0.69, null]
]

/** Mulberry32, begun with a hash (FNV-1a) of a text. */
class Dice {
  #state = 0x811c9dc5

  constructor (text: string) {
    for (const byte of Buffer.from(text)) this.#state = Math.imul(this.#state ^ byte, 0x01000193)
  }

  /** From 0 up to 1. */
  next (): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let x = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32
  }

  between (least: number, most: number): number { return least + this.next() * (most - least) }

  /** The shares add up to 1. */
  pick<T> (shares: Shares<T>): T {
    let rest = this.next()
    return (shares.find(([share]) => (rest -= share) < 0) ?? shares.at(-1)!)[1]
  }
}
