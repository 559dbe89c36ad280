import { setTimeout as wait } from 'node:timers/promises'

export type ReadinessCheck = () => Promise<unknown>
export type CheckOutcome = 'ok' | 'failed' | 'timed out'

/** Runs all checks at once; each has `limitMs` to resolve. What a check resolves to, or why it failed, is not told. */
export async function runChecks (checks: ReadonlyMap<string, ReadinessCheck>, limitMs: number): Promise<Record<string, CheckOutcome>> {
  const outcomes = [...checks].map(async ([name, check]) => [name, await outcomeOf(check, limitMs)] as const)
  return Object.fromEntries(await Promise.all(outcomes))
}

async function outcomeOf (check: ReadinessCheck, limitMs: number): Promise<CheckOutcome> {
  const settled = new AbortController()
  const late = wait(limitMs, 'timed out' as const, { signal: settled.signal }).catch(() => 'timed out' as const)
  const done = run(check).then(() => 'ok' as const, () => 'failed' as const)
  return Promise.race([done, late]).finally(() => settled.abort())
}

/** A check that throws before it returns a promise has failed like any other. */
const run = async (check: ReadinessCheck): Promise<unknown> => check()
