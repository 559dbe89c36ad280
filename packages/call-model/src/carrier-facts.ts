import { Type } from 'typebox'

const FACT_STATES = ['ringing', 'answered', 'stream-started', 'stream-stopped', 'stream-error', 'completed', 'failed', 'recording-ready', 'other'] as const
export type FactState = typeof FACT_STATES[number]

/**
 * One thing the carrier said about a call, whichever envelope it came in. Facts form a set: the same fact twice is one fact,
 * and their order of arrival means nothing, so duplicated and reordered callbacks fold to the same view.
 */
export interface CarrierFact {
  state: FactState
  /** When the carrier says it happened, ISO 8601; absent where it does not say. */
  occurredAt?: string
  durationSeconds?: number
  /** `normal_clearing`, `no_answer`, ... */
  cause?: string
  recordingId?: string
}

export const CarrierFact = Type.Object({
  state: Type.Union(FACT_STATES.map(state => Type.Literal(state))),
  occurredAt: Type.Optional(Type.String()),
  durationSeconds: Type.Optional(Type.Integer({ minimum: 0 })),
  cause: Type.Optional(Type.String()),
  recordingId: Type.Optional(Type.String())
})

export interface CarrierView {
  status: 'unknown' | 'ringing' | 'answered' | 'completed' | 'failed'
  answeredAt?: string
  endedAt?: string
  durationSeconds?: number
  cause?: string
  recordingId?: string
}

/** How far a fact moves the call; the furthest fact wins, so a late `ringing` changes nothing. `completed` outranks `failed`: the call had been answered. */
const STATUS: Readonly<Record<FactState, { rank: number, status: CarrierView['status'] }>> = {
  other: { rank: 0, status: 'unknown' },
  'recording-ready': { rank: 0, status: 'unknown' },
  ringing: { rank: 1, status: 'ringing' },
  answered: { rank: 2, status: 'answered' },
  'stream-started': { rank: 2, status: 'answered' },
  'stream-stopped': { rank: 2, status: 'answered' },
  'stream-error': { rank: 2, status: 'answered' },
  failed: { rank: 3, status: 'failed' },
  completed: { rank: 4, status: 'completed' }
}

/**
 * What a set of facts says together. Pure, and a function of the set alone: any order and any repetition give the same view.
 * Where two facts disagree on a value, the earliest answer, the latest end and the longest duration win.
 */
export function foldCarrierFacts (facts: Iterable<CarrierFact>): CarrierView {
  const view: CarrierView = { status: 'unknown' }
  let rank = 0
  for (const fact of facts) {
    const step = STATUS[fact.state]
    if (step.rank > rank) { rank = step.rank; view.status = step.status }
    const ends = fact.state === 'completed' || fact.state === 'failed'
    if (fact.state === 'answered') keep(view, 'answeredAt', fact.occurredAt, (a, b) => a < b)
    if (ends) keep(view, 'endedAt', fact.occurredAt, (a, b) => a > b)
    if (ends) keep(view, 'cause', fact.cause, (a, b) => a < b)
    keep(view, 'durationSeconds', fact.durationSeconds, (a, b) => a > b)
    keep(view, 'recordingId', fact.recordingId, (a, b) => a < b)
  }
  return view
}

function keep<K extends keyof CarrierView> (view: CarrierView, key: K, value: CarrierView[K], better: (a: NonNullable<CarrierView[K]>, b: NonNullable<CarrierView[K]>) => boolean): void {
  if (value === undefined) return
  const held = view[key]
  if (held === undefined || better(value!, held!)) view[key] = value
}
