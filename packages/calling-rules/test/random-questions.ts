import { PURPOSES, STOP_KINDS, type DialQuestion, type WeekWindows } from '../src/index.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Nights in which clocks change, feasts, both ends of the holiday calendar. */
const SPECIAL = ['2026-03-08', '2026-11-01', '2026-03-29', '2026-10-25', '2028-03-12', '2026-04-03', '2026-12-25', '2026-12-31', '2028-02-28', '2026-11-26', '2032-12-31', '2033-01-02']
const KNOWN = ['KE', 'NG', 'GH', 'UG', 'TZ', 'US', 'GB']
const ZONES = ['Africa/Nairobi', 'Africa/Lagos', 'America/New_York', 'America/Los_Angeles', 'America/Havana', 'Europe/London', 'Asia/Kolkata', 'Asia/Kathmandu', 'Pacific/Kiritimati']
const CLOCK = ['05:00', '07:00', '07:30', '08:00', '09:15', '10:00', '12:00', '12:01', '16:45', '17:59', '18:00', '19:00', '21:00', '22:00', '24:00']

export class RandomQuestions {
  #state: number

  constructor (seed: number) { this.#state = seed }

  next (): { question: DialQuestion, at: Date } {
    const day = this.#chance(0.4) ? Date.parse(`${this.#of(SPECIAL)}T00:00:00Z`) + this.#int(-2, 2) * DAY : Date.UTC(2025, 0, 8) + this.#int(0, 365 * 7) * DAY
    const at = day + this.#int(0, 23) * HOUR + this.#of([0, 0, 30, 57, 58, 59, this.#int(0, 59)]) * MINUTE + this.#of([0, 0, 1, 59, this.#int(0, 59)]) * 1000 + this.#of([0, 0, 500, 999])
    const near = (fromMs: number, toMs: number): string => this.#instant(at, fromMs, toMs)
    const countries = this.#chance(0.03) ? this.#of([[], ['FR'], ['KE', 'XX']]) : this.#chance(0.08) ? [this.#of(KNOWN), this.#of(KNOWN)] : [this.#of(KNOWN)]
    const zones = this.#chance(0.01) ? ['Africa/Nowhere'] : this.#chance(0.25) ? [this.#of(ZONES)] : this.#chance(0.08) ? [this.#of(ZONES), this.#of(ZONES)] : []
    const purpose = this.#of(PURPOSES)
    const isLate = this.#chance(0.05)
    return {
      at: new Date(at),
      question: {
        purpose,
        subject: 'loan-1',
        number: this.#chance(0.01) ? 'not-dialable' : 'dialable',
        relation: this.#chance(0.01) ? 'other' : this.#of(['self', 'guarantor']),
        countries,
        zones,
        stops: this.#chance(0.01) ? null : this.#some(0.25, 2, () => ({ kind: this.#of(STOP_KINDS), scope: this.#of(['reminders', 'reminders', 'calls', 'all'] as const), since: near(-30 * DAY, 0), until: this.#chance(0.12) ? null : near(-DAY, this.#of([HOUR, 4 * DAY, 20 * DAY])) })),
        consents: [
          ...this.#chance(0.97) ? [{ purpose, basis: 'consent' as const, givenAt: near(-300 * DAY, -DAY), withdrawnAt: null }] : [],
          ...this.#some(0.15, 2, () => ({ purpose: this.#of(PURPOSES), basis: this.#of(['consent', 'contract', 'request'] as const), givenAt: near(-300 * DAY, HOUR), withdrawnAt: this.#chance(0.7) ? null : near(-200 * DAY, HOUR) }))
        ],
        attempts: this.#some(0.6, 7, () => ({ subject: this.#of(['loan-1', 'loan-1', 'loan-2']), at: near(-9 * DAY, this.#chance(0.05) ? 2 * HOUR : 0), conversation: this.#chance(0.15) })),
        conversations: this.#some(0.08, 2, () => near(-9 * DAY, 0)),
        callback: this.#chance(0.2) ? { askedAt: near(-8 * DAY, this.#chance(0.05) ? HOUR : 0), from: near(-3 * DAY, 4 * DAY), until: near(-DAY, 5 * DAY) } : null,
        inconvenient: this.#some(0.15, 2, () => ({ from: near(-DAY, DAY), until: near(-DAY, 2 * DAY) })),
        noticeSentAt: this.#chance(0.6) ? near(-20 * DAY, this.#chance(0.1) ? DAY : 0) : null,
        live: this.#chance(0.05),
        plannedAt: isLate ? near(-DAY - HOUR, -DAY + HOUR) : near(-HOUR, 0),
        askerClock: new Date(at + (this.#chance(0.05) ? this.#of([-31_000, -30_000, 30_000, 30_001, HOUR]) : this.#int(-5_000, 5_000))).toISOString(),
        closedDays: this.#some(0.2, 4, () => ({ country: this.#of(KNOWN), day: near(-DAY, 6 * DAY).slice(0, 10) })),
        tenant: {
          ...this.#chance(0.4) ? { windows: this.#windows() } : {},
          ...this.#chance(0.25) ? { maxAttemptsPerDebtPerDay: this.#int(this.#chance(0.05) ? 0 : 1, 4) } : {},
          ...this.#chance(0.25) ? { maxAttemptsPerDebtPer7Days: this.#int(this.#chance(0.05) ? 0 : 1, 9) } : {},
          ...this.#chance(0.25) ? { maxAttemptsPerPersonPerDay: this.#int(1, 5) } : {},
          ...this.#chance(0.25) ? { minGapMinutes: this.#of([0, 15, 45, 60, 90, 241, 1_440]) } : {}
        }
      }
    }
  }

  #windows (): WeekWindows {
    const window = (closed: number): WeekWindows['mon'] => {
      if (this.#chance(closed)) return null
      const [a, b] = [this.#int(0, 8), this.#int(5, CLOCK.length - 1)]
      return [CLOCK[a] ?? '', CLOCK[b] ?? '']
    }
    return { mon: window(0.1), tue: window(0.1), wed: window(0.1), thu: window(0.1), fri: window(0.1), sat: window(0.3), sun: window(0.4), holiday: window(0.5) }
  }

  /** Often on a whole minute, hour or day, where rules meet. */
  #instant (at: number, fromMs: number, toMs: number): string {
    const any = at + this.#int(Math.round(fromMs / 1000), Math.round(toMs / 1000)) * 1000
    const grain = this.#of([1, 1000, MINUTE, HOUR, DAY])
    const whole = Math.floor(any / grain) * grain
    return new Date(grain === DAY ? whole - this.#of([0, 3, -5]) * HOUR : whole).toISOString()
  }

  #some<T> (chance: number, most: number, make: () => T): T[] {
    return this.#chance(chance) ? Array.from({ length: this.#int(1, most) }, make) : []
  }

  #of<T> (values: readonly T[]): T {
    return values[this.#int(0, values.length - 1)] as T
  }

  #chance (share: number): boolean { return this.#random() < share }
  #int (from: number, to: number): number { return from + Math.floor(this.#random() * (to - from + 1)) }

  /** mulberry32: the same questions for the same seed, on any machine. */
  #random (): number {
    this.#state = (this.#state + 0x6D2B79F5) | 0
    let bits = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296
  }
}
