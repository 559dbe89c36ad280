/** Of the last calls that were asked for, whether the carrier failed; and until when it is left alone. */
export interface Circuit {
  readonly failures: readonly boolean[]
  /** Null: closed, calls are asked for. */
  readonly openUntilMs: number | null
}

export const CLOSED: Circuit = { failures: [], openUntilMs: null }

const WINDOW = 20
const OPEN_AT = WINDOW / 2

/** How long there is no use in looking for a call to ask for. Pure. */
export const openMsLeft = ({ openUntilMs }: Circuit, nowMs: number): number => openUntilMs === null ? 0 : Math.max(0, openUntilMs - nowMs)

/** When there is one: how long to wait before it is asked for; 0: now. Whoever gets 0 of an open circuit tries it out, and everybody else waits again. Pure. */
export function admit (circuit: Circuit, nowMs: number, openMs: number): { readonly waitMs: number, readonly circuit: Circuit } {
  if (circuit.openUntilMs === null) return { waitMs: 0, circuit }
  if (nowMs < circuit.openUntilMs) return { waitMs: circuit.openUntilMs - nowMs, circuit }
  return { waitMs: 0, circuit: { ...circuit, openUntilMs: nowMs + openMs } }
}

/** After the carrier's answer, or none: opens when half of the last 20 failed; an open one closes with the first success. Pure. */
export function after (circuit: Circuit, failed: boolean, nowMs: number, openMs: number): Circuit {
  if (circuit.openUntilMs !== null) return failed ? { ...circuit, openUntilMs: nowMs + openMs } : CLOSED
  const failures = [...circuit.failures, failed].slice(-WINDOW)
  return { failures, openUntilMs: failures.filter(Boolean).length >= OPEN_AT ? nowMs + openMs : null }
}
