import { COUNTRIES, decide, readDialableNumber, tightened, type DialQuestion } from '@karani/calling-rules'
import type { CallingTerms } from '@karani/lines'
import type { Decide, LeadFacts } from '@karani/records'

/** Who asks, and what the business has set for the line. */
export interface DialAsker extends CallingTerms {
  /** What the clock of the asking process shows, set off as the database's is. */
  readonly askerClock: Date
}

const LIVE: ReadonlySet<string> = new Set(['reserved', 'posting', 'posted'])

/** The question to the calling rules about a lead, from what the records know of it. Pure; `at` is the instant of the decision. */
export function dialQuestion (facts: LeadFacts, at: Date, { askerClock, countries: allowed, tenant, closedDays }: DialAsker): DialQuestion {
  const { lead, campaign } = facts
  const called = readDialableNumber(lead.phone, { countries: allowed })
  const { countries, zones } = placesOf(facts, 'country' in called ? called.country : null)
  return {
    purpose: campaign.purpose,
    subject: lead.subject,
    number: 'number' in called ? 'dialable' : 'not-dialable',
    relation: facts.isOwnNumber ? 'self' : 'other',
    countries,
    zones,
    stops: facts.stops.map(({ reason, scope, since, until }) => ({ kind: reason, scope, since: iso(since), until: until && iso(until) })),
    consents: facts.consents.map(({ purpose, basis, givenAt, withdrawnAt }) => ({ purpose, basis, givenAt: iso(givenAt), withdrawnAt: withdrawnAt && iso(withdrawnAt) })),
    attempts: facts.attempts.map(({ subject, postingAt, reservedAt, conversation }) => ({ subject, at: iso(postingAt ?? reservedAt), conversation })),
    conversations: facts.conversations.map(iso),
    callback: callbackOf(facts, at),
    inconvenient: facts.callTimes.filter(({ kind }) => kind === 'not-then').map(({ startsAt, endsAt }) => ({ from: iso(startsAt), until: iso(endsAt) })),
    noticeSentAt: facts.noticeSentAt && iso(facts.noticeSentAt),
    live: facts.attempts.some(({ state }) => LIVE.has(state)),
    plannedAt: iso(lead.plannedAt),
    askerClock: iso(askerClock),
    closedDays: [...facts.closedDays, ...closedDays].map(({ country, day }) => ({ country, day })),
    tenant: tightened(tenant, countries, campaign.purpose)
  }
}

/**
 * Where the person may be: in the country of the number, and, until somebody has made sure, in any that is suspected besides. That is one
 * which the team has noted, or that of another number under which the same account was called. Without a zone, all of the countries' must agree.
 */
function placesOf ({ whereabouts, otherNumbers }: LeadFacts, country: string | null): Pick<DialQuestion, 'countries' | 'zones'> {
  if (country === null) return { countries: [], zones: [] } // not dialable
  if (whereabouts?.isConfirmed === true) return { countries: [whereabouts.country], zones: whereabouts.zone === null ? [] : [whereabouts.zone] }
  const others = otherNumbers.map(number => readDialableNumber(number, { countries: COUNTRIES })).flatMap(other => 'country' in other ? [other.country] : [])
  return { countries: [...new Set([country, ...(whereabouts === null ? [] : [whereabouts.country]), ...others])], zones: [] }
}

/** What the ledger asks: the rules, about what the records know of a lead. The clock of this process is set off as the database's is, so that they are still compared. */
export function decider (terms: CallingTerms): Decide {
  return (facts, at, clockOffsetMs) => {
    const question = dialQuestion(facts, at, { ...terms, askerClock: new Date(Date.now() + clockOffsetMs) })
    return { question, decision: decide(question, at) }
  }
}

/** What the person asked for last, unless it is over or they were talked to since. */
function callbackOf ({ callTimes, attempts }: LeadFacts, at: Date): DialQuestion['callback'] {
  const [wish] = callTimes.filter(({ kind }) => kind === 'callback').sort((a, b) => b.askedAt.getTime() - a.askedAt.getTime())
  if (wish === undefined || wish.endsAt <= at) return null
  if (attempts.some(({ conversation, reservedAt }) => conversation && reservedAt >= wish.startsAt)) return null
  return { askedAt: iso(wish.askedAt), from: iso(wish.startsAt), until: iso(wish.endsAt) }
}

const iso = (instant: Date): string => instant.toISOString()
