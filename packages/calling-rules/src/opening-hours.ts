import type { WeekWindows } from './dial-question.ts'

/** Minutes after midnight, half open. */
export interface Span { readonly opens: number, readonly closes: number }
/** `week` begins with Sunday, as in `Date`. */
export interface OpeningHours { readonly week: ReadonlyArray<Span | null>, readonly holiday: Span | null }

export function openingHours (windows: WeekWindows): OpeningHours {
  const { sun, mon, tue, wed, thu, fri, sat, holiday } = windows
  return { week: [sun, mon, tue, wed, thu, fri, sat].map(spanOf), holiday: spanOf(holiday) }
}

/** What both allow. */
export function narrowed (wanted: OpeningHours, limit: OpeningHours): OpeningHours {
  return { week: wanted.week.map((span, weekday) => overlap(span, limit.week[weekday] ?? null)), holiday: overlap(wanted.holiday, limit.holiday) }
}

function overlap (a: Span | null, b: Span | null): Span | null {
  if (a === null || b === null) return null
  const [opens, closes] = [Math.max(a.opens, b.opens), Math.min(a.closes, b.closes)]
  return opens < closes ? { opens, closes } : null
}

function spanOf (window: WeekWindows['mon']): Span | null {
  return window === null ? null : { opens: minutesOf(window[0]), closes: minutesOf(window[1]) }
}

const minutesOf = (clockTime: string): number => Number(clockTime.slice(0, 2)) * 60 + Number(clockTime.slice(3))
