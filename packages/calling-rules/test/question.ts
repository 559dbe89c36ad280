import type { DialQuestion, WeekWindows } from '../src/index.ts'

/** Somebody in Kenya whom a reminder may reach in any window: planned for `at`, asked then. */
export function question (at: string, differences: Partial<DialQuestion> = {}): DialQuestion {
  return {
    purpose: 'reminder',
    subject: 'loan-1',
    number: 'dialable',
    relation: 'self',
    countries: ['KE'],
    zones: [],
    stops: [],
    consents: (['reminder', 'collection', 'delivery'] as const).map(purpose => ({ purpose, basis: 'consent' as const, givenAt: '2024-01-01T00:00:00Z', withdrawnAt: null })),
    attempts: [],
    conversations: [],
    callback: null,
    inconvenient: [],
    noticeSentAt: null,
    live: false,
    plannedAt: at,
    askerClock: at,
    closedDays: [],
    tenant: {},
    ...differences
  }
}

type Window = WeekWindows['mon']
export const daily = (window: Window): WeekWindows => ({ mon: window, tue: window, wed: window, thu: window, fri: window, sat: window, sun: window, holiday: window })
