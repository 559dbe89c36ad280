import { randomUUID } from 'node:crypto'
import { unlike, untaken, type Answer, type Peer } from './peer.ts'
import type { Report } from './report.ts'

/** An effect that a system is told of, and how what it changed can be seen. */
export interface Telling {
  /** With its article: `a payment`. */
  readonly effect: string
  readonly path: string
  /** Its body under this id, about what is there. */
  readonly body: (id: string) => object
  /** The same about what is not there. */
  readonly bodyAboutNothing: (id: string) => object
}

/** Not to be mistaken for anything that a caller has done. */
export const newId = (): string => `contract-${randomUUID()}`

/** Checks how an effect is taken, once and again. Resolves to the id under which it was told. */
export async function checkTelling (peer: Peer, report: Report, { effect, path, body, bodyAboutNothing }: Telling): Promise<string> {
  const unproven = newId()
  report.check(`refuses ${effect} with 401 from who does not know the secret`, await peer.whenUnproven({ method: 'PUT', path: `${path}/${unproven}`, body: bodyAboutNothing(unproven), idempotencyKey: unproven }))
  const unfit = newId()
  report.check(`refuses ${effect} about what is not there, for good: 409, 410 or 422`, unlike(await peer.tell(path, unfit, bodyAboutNothing(unfit)), 409, 410, 422))
  const id = newId()
  report.check(`takes ${effect}`, untaken(await peer.tell(path, id, body(id))))
  report.check(`takes ${effect} that it has taken before`, untaken(await peer.tell(path, id, body(id))))
  return id
}

/** For a contract whose telling cannot be checked: nothing is told about what may be another's. */
export function nothingTold (report: Report, thing: string): void {
  report.check('takes what it is told', `nothing was told, because ${thing} was not found by its id in the documented form`)
}

/** Told twice at one moment, as can happen when an answer was late: each is taken, or asked for again, but never refused. */
export function crossing (answers: Answer[]): string | undefined {
  if (!answers.some(answer => untaken(answer) === undefined)) return `neither was taken: ${untaken(answers[0]!)}`
  return answers.some(({ status }) => status === 409 || status === 410 || status === 422) ? 'one was refused for good, with 409, 410 or 422' : undefined
}
