import { Type, type Static } from 'typebox'

export const StkFailure = Type.Enum(['insufficient-funds', 'cancelled', 'wrong-pin', 'unreachable', 'expired', 'other'])
export type StkFailure = Static<typeof StkFailure>

const Paid = Type.Object({ state: Type.Literal('paid') }, { additionalProperties: false })
const Failed = Type.Object({
  state: Type.Literal('failed'),
  reason: StkFailure,
  /** Daraja's. */
  code: Type.String({ pattern: '^[A-Za-z0-9_.]{1,32}$' })
}, { additionalProperties: false })

/** How a push ended. */
export const StkEnd = Type.Union([Paid, Failed])
export type StkEnd = Readonly<Static<typeof Paid>> | Readonly<Static<typeof Failed>>

export type StkOutcome = { readonly state: 'pending' } | StkEnd

/** Daraja tells both that nobody answered and that the phone was off as 1037. */
const REASONS: ReadonlyMap<string, StkFailure> = new Map([
  ['1', 'insufficient-funds'],
  ['1019', 'expired'],
  ['1032', 'cancelled'],
  ['1037', 'unreachable'],
  ['2001', 'wrong-pin']
])

/** What a ResultCode says. */
export function outcomeOf (code: string): StkOutcome {
  if (code === '0') return { state: 'paid' }
  if (code === '4999') return { state: 'pending' }
  return { state: 'failed', reason: REASONS.get(code) ?? 'other', code }
}
