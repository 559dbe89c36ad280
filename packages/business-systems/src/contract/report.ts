import type { Peer } from './peer.ts'

/** One behaviour of a system, a sentence, and whether it was seen. */
export interface Check {
  readonly name: string
  readonly passed: boolean
  /** What was seen instead. Of a reply it says fields and rules, no value. */
  readonly problem?: string
}

/** What was found out about a system, in the order in which it was asked. */
export class Report {
  readonly checks: Check[] = []

  /** A behaviour is there when nothing speaks against it; the first problem is told. */
  check (name: string, ...problems: Array<string | undefined>): void {
    const problem = problems.find(said => said !== undefined)
    this.checks.push({ name, passed: problem === undefined, ...(problem !== undefined && { problem }) })
  }
}

/** Whether there is anything to check; without an answer every check would fail for this one reason. */
export async function isReached (peer: Peer, report: Report): Promise<boolean> {
  const { status, problem } = await peer.ask({ method: 'GET', path: '' })
  report.check('is reached at its URL', status === null ? problem : undefined)
  return status !== null
}
