// How many decisions of calling-rules a core takes in a second: node --conditions=@karani/source --import tsx bench/decisions.ts [seconds]
import { performance } from 'node:perf_hooks'
import { decide, type DialQuestion } from '@karani/calling-rules'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const ROUND = 1_000
const seconds = Number(process.argv[2] ?? 3)
/** A Tuesday, 10:00 in Nairobi. */
const TUESDAY = Date.parse('2026-11-24T07:00:00Z')

/** Borrowers of a campaign: each with a history of their own, asked in the course of a day. */
function borrower (index: number, differences: Partial<DialQuestion>): { question: DialQuestion, at: Date } {
  const at = new Date(TUESDAY + index * 29 % (7 * 60) * MINUTE)
  const ago = (ms: number): string => new Date(at.getTime() - ms).toISOString()
  return {
    at,
    question: {
      purpose: 'reminder',
      subject: `loan-${index}`,
      number: 'dialable',
      relation: 'self',
      countries: ['KE'],
      zones: [],
      stops: index % 5 === 0 ? [{ kind: 'promise', scope: 'reminders', since: ago(9 * DAY), until: ago(DAY) }] : [],
      consents: [{ purpose: 'reminder', basis: 'contract', givenAt: ago(200 * DAY), withdrawnAt: null }, { purpose: 'reminder', basis: 'consent', givenAt: ago(100 * DAY), withdrawnAt: null }],
      attempts: index % 2 === 0 ? [{ subject: `loan-${index}`, at: ago(2 * DAY + index * MINUTE), conversation: false }] : [],
      conversations: [],
      callback: null,
      inconvenient: [],
      noticeSentAt: null,
      live: false,
      plannedAt: ago(MINUTE),
      askerClock: ago(20),
      closedDays: [],
      tenant: {},
      ...differences
    }
  }
}

function measure (title: string, differences: (index: number) => Partial<DialQuestion>): void {
  const asked = Array.from({ length: ROUND }, (_, index) => borrower(index, differences(index)))
  const verdicts = new Map<string, number>()
  for (const { question, at } of asked) {
    const { verdict } = decide(question, at)
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
  }
  let taken = 0
  const started = performance.now()
  while (performance.now() - started < seconds * 1000) {
    for (const { question, at } of asked) decide(question, at)
    taken += ROUND
  }
  const rate = Math.round(taken / (performance.now() - started) * 1000)
  console.log(`${title.padEnd(44)} ${String(rate).padStart(8)} decisions/s   ${[...verdicts].map(([verdict, count]) => `${verdict} ${(count / ROUND * 100).toFixed(0)} %`).join(', ')}`)
}

measure('Kenya, in the window', () => ({}))
measure('Kenya, stopped', index => ({ stops: [{ kind: index % 2 === 0 ? 'opt-out' : 'dispute', scope: 'all', since: '2026-11-01T00:00:00Z', until: null }] }))
measure('Kenya, talked yesterday: when again', index => ({ attempts: [{ subject: `loan-${index}`, at: new Date(TUESDAY - DAY - index * 1_000).toISOString(), conversation: true }] }))
measure('United States, one zone known', () => ({ countries: ['US'], zones: ['America/New_York'] }))
measure('United States, any of eight zones: when again', () => ({ countries: ['US'] }))
