import { Compile } from 'typebox/compile'
import { DialQuestion } from './dial-question.ts'
import { termsOf, type Terms } from './terms.ts'

type StopKind = NonNullable<DialQuestion['stops']>[number]['kind']
type Consent = DialQuestion['consents'][number]

/** A question as the rules look at it: instants in ms, with the terms that bind, and without what does not concern this purpose. */
export interface Situation {
  /** The instant of the decision. */
  readonly at: number
  readonly terms: Terms
  readonly isNumberAllowed: boolean
  /** Null: they could not be read. */
  readonly stops: ReadonlyArray<{ readonly kind: StopKind, readonly until: number | null }> | null
  readonly consents: ReadonlyArray<{ readonly basis: Consent['basis'], readonly givenAt: number, readonly withdrawnAt: number | null }>
  /** To the person, and of those the ones about the subject. */
  readonly attempts: readonly number[]
  readonly subjectAttempts: readonly number[]
  /** Whoever began them. */
  readonly conversations: readonly number[]
  readonly callback: { readonly askedAt: number, readonly from: number, readonly until: number } | null
  readonly inconvenient: ReadonlyArray<{ readonly from: number, readonly until: number }>
  readonly noticeSentAt: number | null
  readonly isLive: boolean
  readonly plannedAt: number
  readonly askerClock: number
  /** `KE 2026-11-21` */
  readonly closedDays: ReadonlySet<string>
}

const questions = Compile(DialQuestion)

/** Somebody else's debt is mentioned to nobody, so their number is no number for it. */
export const isNumberAllowed = ({ number, relation }: DialQuestion): boolean => number === 'dialable' && (relation === 'self' || relation === 'guarantor')

/** Null where nothing can be decided: a question or an instant that is none, or no policy for where the person may be. */
export function readSituation (question: DialQuestion, decidedAt: Date): Situation | null {
  const at = decidedAt.getTime()
  if (!(at <= LAST_INSTANT) || !questions.Check(question)) return null
  const terms = termsOf(question)
  if (terms === null) return null
  try {
    return { at, terms, ...factsOf(question) }
  } catch (err) {
    if (err instanceof RangeError) return null
    throw err
  }
}

/** @throws RangeError where an instant is none */
function factsOf (question: DialQuestion): Omit<Situation, 'at' | 'terms'> {
  const { purpose, subject, stops, callback, noticeSentAt } = question
  const attempts = question.attempts.map(attempt => ({ ...attempt, at: instant(attempt.at) }))
  return {
    isNumberAllowed: isNumberAllowed(question),
    stops: stops === null ? null : stops.filter(({ scope }) => scope !== 'reminders' || purpose !== 'delivery').map(({ kind, until }) => ({ kind, until: optional(until) })),
    consents: question.consents.filter(consent => consent.purpose === purpose).map(({ basis, givenAt, withdrawnAt }) => ({ basis, givenAt: instant(givenAt), withdrawnAt: optional(withdrawnAt) })),
    attempts: attempts.map(({ at }) => at),
    subjectAttempts: attempts.filter(attempt => attempt.subject === subject).map(({ at }) => at),
    conversations: [...attempts.filter(({ conversation }) => conversation).map(({ at }) => at), ...question.conversations.map(instant)],
    callback: callback === null ? null : { askedAt: instant(callback.askedAt), from: instant(callback.from), until: instant(callback.until) },
    inconvenient: question.inconvenient.map(({ from, until }) => ({ from: instant(from), until: instant(until) })),
    noticeSentAt: optional(noticeSentAt),
    isLive: question.live,
    plannedAt: instant(question.plannedAt),
    askerClock: instant(question.askerClock),
    closedDays: new Set(question.closedDays.map(({ country, day }) => `${country} ${day}`))
  }
}

/** Later than this nothing is planned, and days no longer have ten letters soon after. */
const LAST_INSTANT = Date.UTC(9000, 0)

function instant (text: string): number {
  const ms = Date.parse(text)
  if (!(ms <= LAST_INSTANT)) throw new RangeError('not an instant')
  return ms
}

const optional = (text: string | null): number | null => text === null ? null : instant(text)
