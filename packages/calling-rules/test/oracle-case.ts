import { publicHoliday } from '../src/holidays/public-holidays.ts'
import type { DialQuestion } from '../src/index.ts'
import { dayText, local, localDay } from './oracle-clock.ts'
import { NEVER, OUTER, USUAL, ZONES } from './oracle-policies.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const hours = (text: string): number => Number(text.split(':')[0]) + Number(text.split(':')[1]) / 60

type Windows = ReadonlyArray<readonly number[] | null>
const USUAL_ALONE: Windows[] = [USUAL]

interface Standing { reason: string, never: boolean }

/** One question, and what the text of the rules says of it at any instant. It shares the question and the holidays with the decision, and nothing else. */
export class OracleCase {
  readonly question: DialQuestion
  readonly at: number
  readonly zones: string[]
  readonly attempts: Array<{ subject: string, at: number, conversation: boolean }>
  readonly talks: number[] = []
  readonly caps: { day: number, week: number, person: number, gap: number }
  /** Others wait for a callback until `from`; it is exempt from `lifts` to `end`. */
  readonly callback: { from: number, lifts: number, end: number } | null = null
  readonly stops: Array<{ kind: string, until: number | null }> = []
  readonly inconvenient: Array<{ from: number, until: number }>
  readonly isClockOff: boolean
  readonly isStale: boolean
  readonly isConsented: boolean
  /** When the period of a notice is over; null: no notice is needed; Infinity: none was sent. */
  readonly noticeOver: number | null
  readonly isMissing: boolean
  readonly wanted: Windows | null = null
  readonly cooldown: number

  constructor (question: DialQuestion, at: number) {
    this.question = question
    this.at = at
    this.zones = question.zones.length > 0 ? question.zones : question.countries.flatMap(country => ZONES[country] ?? [])
    this.attempts = question.attempts.map(attempt => ({ ...attempt, at: Date.parse(attempt.at) }))
    for (const attempt of this.attempts) if (attempt.conversation) this.talks.push(attempt.at)
    for (const talk of question.conversations) this.talks.push(Date.parse(talk))
    const isDelivery = question.purpose === 'delivery'
    this.cooldown = isDelivery ? 0 : 7
    const { maxAttemptsPerDebtPerDay: day, maxAttemptsPerDebtPer7Days: week, maxAttemptsPerPersonPerDay: person, minGapMinutes: gap } = question.tenant
    this.caps = {
      day: Math.min(day ?? (isDelivery ? 2 : 1), isDelivery ? 3 : 2),
      week: Math.min(week ?? 3, 7),
      person: Math.min(person ?? 2, 3),
      gap: Math.max(gap ?? (isDelivery ? 30 : 240), isDelivery ? 15 : 60)
    }
    if (question.callback !== null) {
      const { askedAt, from, until } = question.callback
      const asked = Date.parse(askedAt)
      this.callback = { from: Date.parse(from), lifts: Math.max(Date.parse(from), asked), end: Math.min(Date.parse(until), asked + 7 * DAY) }
    }
    for (const { kind, scope, until } of question.stops ?? []) {
      if (scope === 'reminders' && isDelivery) continue
      this.stops.push({ kind, until: until === null ? null : Date.parse(until) })
    }
    this.inconvenient = question.inconvenient.map(({ from, until }) => ({ from: Date.parse(from), until: Date.parse(until) }))
    this.isClockOff = Math.abs(Date.parse(question.askerClock) - at) > 30_000
    this.isStale = at - Date.parse(question.plannedAt) > DAY
    this.isConsented = this.consents()
    const days = question.purpose !== 'collection' ? null : question.countries.includes('TZ') ? 14 : question.countries.includes('NG') ? 0 : null
    this.noticeOver = days === null ? null : question.noticeSentAt === null ? Infinity : Date.parse(question.noticeSentAt) + days * DAY
    this.isMissing = question.stops === null
    for (const zone of this.zones) for (const country of question.countries) if (publicHoliday(country, dayText(localDay(at, zone))) === undefined) this.isMissing = true
    const { windows } = question.tenant
    if (windows !== undefined) this.wanted = [windows.sun, windows.mon, windows.tue, windows.wed, windows.thu, windows.fri, windows.sat, windows.holiday].map(window => window === null ? null : window.map(hours))
  }

  /** What stands against a call at `t` other than the hours, which every day has; in the order of the reasons. */
  lasting (t: number): Standing[] {
    const { question, at } = this
    const found: Standing[] = []
    const deny = (reason: string, never = false): void => { found.push({ reason, never }) }
    if (question.number !== 'dialable' || question.relation === 'other') deny('number-not-allowed', true)
    if (t < at + HOUR && this.isMissing) deny('policy-missing')
    if (t < at + MINUTE && this.isClockOff) deny('clock-untrusted')
    this.stopped(t, ['opt-out'], 'opt-out', found)
    this.stopped(t, ['wrong-party'], 'wrong-party', found)
    this.stopped(t, ['attorney'], 'attorney', found)
    this.stopped(t, ['deceased-or-vulnerable', 'minor'], 'deceased-or-vulnerable', found)
    this.stopped(t, ['dispute'], 'dispute-open', found)
    this.stopped(t, ['hardship'], 'hardship', found)
    this.stopped(t, ['paid'], 'paid', found)
    if (!this.isConsented) deny('no-consent', true)
    if (this.noticeOver !== null && t < this.noticeOver) deny('notice-period', this.noticeOver === Infinity)
    this.stopped(t, ['promise'], 'promise-pending', found)
    let isInconvenient = this.callback !== null && t < this.callback.from
    for (const { from, until } of this.inconvenient) if (from <= t && t < until) isInconvenient = true
    if (isInconvenient) deny('inconvenient-time')
    if (t < at + MINUTE && this.isStale) deny('stale-job')
    if (t < at + 15 * MINUTE && question.live) deny('call-live')
    this.history(t, deny)
    return found
  }

  stopped (t: number, kinds: string[], reason: string, found: Standing[]): void {
    let [isStopped, isForGood] = [false, false]
    for (const { kind, until } of this.stops) {
      if (!kinds.includes(kind)) continue
      if (until === null) isForGood = true
      if (until === null || until > t) isStopped = true
    }
    if (isStopped) found.push({ reason, never: isForGood })
  }

  history (t: number, deny: (reason: string, never?: boolean) => void): void {
    const { caps } = this
    const asked = this.callback !== null && this.callback.lifts <= t && t < this.callback.end ? this.callback.lifts : -Infinity
    let hasTalked = false
    for (const talk of this.talks) for (const zone of this.zones) if (talk >= asked && localDay(t, zone) - localDay(talk, zone) < this.cooldown) hasTalked = true
    if (hasTalked && this.cooldown > 0) deny('conversation-cooldown')
    let isCapped = false
    for (const zone of this.zones) {
      const today = localDay(t, zone)
      let [debtToday, debtWeek, personToday] = [0, 0, 0]
      for (const attempt of this.attempts) {
        const isSame = attempt.subject === this.question.subject
        const day = localDay(attempt.at, zone)
        if (isSame && day === today && attempt.at >= asked) debtToday++
        if (isSame && today - day < 7) debtWeek++
        if (day === today) personToday++
        if (attempt.at >= asked && t - attempt.at < caps.gap * MINUTE) isCapped = true
      }
      if (debtToday >= caps.day || debtWeek >= caps.week || personToday >= caps.person) isCapped = true
    }
    const isNever = caps.day === 0 || caps.week === 0 || caps.person === 0
    if (isCapped || isNever) deny('attempt-cap', isNever)
  }

  consents (): boolean {
    const { question, at } = this
    const bases = question.purpose === 'delivery' ? ['consent', 'request'] : question.purpose === 'reminder' && !question.countries.includes('NG') && !question.countries.includes('US') ? ['consent', 'contract'] : ['consent']
    for (const given of question.consents) {
      if (given.purpose !== question.purpose || given.withdrawnAt !== null || Date.parse(given.givenAt) > at || !bases.includes(given.basis)) continue
      let isLastWord = true
      for (const other of question.consents) if (other.purpose === question.purpose && other.withdrawnAt !== null && Date.parse(other.withdrawnAt) >= Date.parse(given.givenAt)) isLastWord = false
      if (isLastWord) return true
    }
    return false
  }

  /** What the hours say against a call at `t`, everywhere that the person may be. */
  hours (t: number): Standing[] {
    let [isHoliday, isClosed] = [false, false]
    for (const zone of this.zones) {
      const day = dayText(localDay(t, zone))
      for (const country of this.question.countries) {
        let [opens, closes] = [0, 24]
        for (const window of this.windows(country)) {
          opens = Math.max(opens, window[7]?.[0] ?? 24)
          closes = Math.min(closes, window[7]?.[1] ?? 0)
        }
        if (opens >= closes && typeof publicHoliday(country, day) === 'string') isHoliday = true
        if (opens >= closes && this.isClosed(country, day)) isClosed = true
      }
    }
    const found: Standing[] = []
    if (isHoliday) found.push({ reason: 'holiday', never: false })
    if (isClosed) found.push({ reason: 'closed-day', never: false })
    if (!this.isOpen(t)) found.push({ reason: 'quiet-hours', never: false })
    return found
  }

  /** Whether every clock and calendar says that it is a time to call. */
  isOpen (t: number): boolean {
    for (const zone of this.zones) {
      const wall = local(t, zone)
      const day = Math.floor(wall / DAY)
      const hour = (wall - day * DAY) / HOUR
      const later = hour + 120 / 3600
      for (const country of this.question.countries) {
        const text = dayText(day)
        const isSpecial = typeof publicHoliday(country, text) === 'string' || this.isClosed(country, text)
        for (const window of this.windows(country)) {
          const today = window[isSpecial ? 7 : (day + 4) % 7] ?? NEVER
          if (hour < (today[0] ?? 24) || later >= (today[1] ?? 0)) return false
        }
      }
    }
    return true
  }

  /** A call is inside all of these. */
  windows (country: string): Windows[] {
    return this.wanted === null ? USUAL_ALONE : [this.wanted, OUTER[country] ?? []]
  }

  isClosed (country: string, day: string): boolean {
    for (const closed of this.question.closedDays) if (closed.country === country && closed.day === day) return true
    return false
  }

  /** The last minute before `t` at which something other than the hours stood against a call. */
  lastStanding (t: number): number {
    let last = this.at
    for (const { country, day } of this.question.closedDays) if (this.question.countries.includes(country)) last = Math.max(last, Date.parse(day) + 2 * DAY)
    for (let minute = t; minute > last; minute -= MINUTE) if (this.lasting(minute).length > 0) return minute
    return last
  }

  /** Instants at which something ends that need not be a whole minute. */
  ends (): number[] {
    const { question, at } = this
    const ends = [at + MINUTE, at + 15 * MINUTE, at + HOUR]
    for (const stop of question.stops ?? []) if (stop.until !== null) ends.push(Date.parse(stop.until))
    for (const { until } of question.inconvenient) ends.push(Date.parse(until))
    if (this.callback !== null) ends.push(this.callback.from, this.callback.lifts)
    if (question.noticeSentAt !== null) ends.push(Date.parse(question.noticeSentAt), Date.parse(question.noticeSentAt) + 14 * DAY)
    for (const attempt of this.attempts) ends.push(attempt.at + this.caps.gap * MINUTE)
    return ends.filter(end => end > at).sort((a, b) => a - b)
  }
}
