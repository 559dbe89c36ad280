import type { CompressedClock } from './compressed-clock.ts'

/** What the carrier's log says of a call that it placed. */
export interface Dial { readonly at: Date, readonly to: string, readonly clientRequestId: string | undefined }

type Shown = Pick<CompressedClock, 'pieces' | 'shown'>

/**
 * From the last look at the rules until the carrier dials: a worker takes back what it could not ask for within a second. The carrier's
 * own slowness (0.3 s at most, by plan) is in it.
 */
export const MOST_DELAY_MS = 1_000

/** Of somebody in Kenya, by Nairobi's clock. Written down here once more: the judge asks nothing of those who are judged. */
const HOURS: ReadonlyArray<readonly [opens: number, closes: number] | null> = [null, [8, 18], [8, 18], [8, 18], [8, 18], [8, 18], [9, 17]]
const HOLIDAYS = new Set(['12-12', '12-25', '12-26', '01-01']) // of the weeks that a run may reach
const NAIROBI_MS = 3 * 3_600_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const LEAST_GAP_MS = 4 * HOUR_MS
const MOST_TRIES = 3

/** Asked for under no label, or under that of an earlier one. */
export function repeated (labels: ReadonlyArray<string | undefined>): Array<string | undefined> {
  const seen = new Set<string>()
  return labels.filter(label => label === undefined || seen.size === seen.add(label).size)
}

/** Too many to one person, or too soon after the one before. */
export function tooOften (dials: readonly Dial[], clock: Shown): Dial[] {
  const calls = new Map<string, Dial[]>()
  return dials.filter(call => {
    const before = calls.get(call.to) ?? []
    calls.set(call.to, [...before, call])
    const last = before.at(-1)
    if (last === undefined) return false
    const [lastAt] = clock.shown(earlier(last.at, MOST_DELAY_MS), last.at)
    const [, at] = clock.shown(earlier(call.at, MOST_DELAY_MS), call.at)
    return before.length >= MOST_TRIES || at.getTime() - lastAt.getTime() < LEAST_GAP_MS
  })
}

/** How long after an opt-out was in force somebody was dialled; the longest of all, in ms. */
export function latestAfterOptOut (dials: readonly Dial[], optedOut: ReadonlyMap<string, Date>): number {
  return dials.reduce((most, { to, at }) => Math.max(most, at.getTime() - (optedOut.get(to)?.getTime() ?? Infinity)), -Infinity)
}

/** At an instant at which the ledger's clock showed no lawful hour, nor had just before. */
export function outsideHours (dials: readonly Dial[], clock: Shown): Dial[] {
  return dials.filter(({ at }) => !clock.pieces(earlier(at, MOST_DELAY_MS), at).some(piece => piece.some(isLawful)))
}

/** The end of the hours on the weekday of this instant, or of the next day that has any. */
export function closingAfter (ledger: Date): Date {
  for (let ms = ledger.getTime(); ; ms += DAY_MS) {
    const midnight = Math.floor((ms + NAIROBI_MS) / DAY_MS) * DAY_MS - NAIROBI_MS
    const hours = hoursOf(ms)
    if (hours !== null && midnight + hours[1] * HOUR_MS > ledger.getTime()) return new Date(midnight + hours[1] * HOUR_MS)
  }
}

/** When the hours begin of the next day that has any; now, within them. They begin and end when a clock strikes. */
export function openingAfter (ledger: Date): Date {
  if (isLawful(ledger.getTime())) return ledger
  for (let ms = Math.ceil(ledger.getTime() / HOUR_MS) * HOUR_MS; ; ms += HOUR_MS) if (isLawful(ms)) return new Date(ms)
}

function isLawful (ledgerMs: number): boolean {
  const hours = hoursOf(ledgerMs)
  const hour = ((ledgerMs + NAIROBI_MS) % DAY_MS) / HOUR_MS
  return hours !== null && hours[0] <= hour && hour < hours[1]
}

function hoursOf (ledgerMs: number): readonly [number, number] | null {
  const day = new Date(ledgerMs + NAIROBI_MS)
  return HOLIDAYS.has(day.toISOString().slice(5, 10)) ? null : HOURS[day.getUTCDay()]!
}

const earlier = (at: Date, ms: number): Date => new Date(at.getTime() - ms)
