import { shapeFaults, type Shape } from '../http-system.ts'
import { spokenKey } from '../spoken-key.ts'
import { unlike, type Answer, type Peer } from './peer.ts'
import type { Report } from './report.ts'

/** A number that cannot be anybody's: no number in Kenya begins so. */
const NOBODY = '+254000000000'
const NOTHING = 'KARANIASKEDFORNOTHING0'

/** How things of one kind are found by their id and by a phone number. */
export interface Finding<Thing> {
  /** With its article. */
  readonly thing: string
  readonly path: string
  /** The field of a query by id. */
  readonly keyName: string
  readonly shape: Shape<Thing>
  readonly hasMoney: boolean
  readonly idOf: (thing: Thing) => string
  readonly phoneOf: (thing: Thing) => string
}

/** Checks how a thing that is there, and one that is not, are found. Null unless that of the id was found. */
export async function checkFinding<Thing> (peer: Peer, report: Report, finding: Finding<Thing>, { id, phone }: { id: string, phone: string }): Promise<Thing | null> {
  const { thing, path, keyName, shape, hasMoney, idOf, phoneOf } = finding
  const byId = { [keyName]: spokenKey(id) }
  const answers = [await peer.find(path, byId), await peer.find(path, { phone })] as const
  report.check(`finds ${thing} by its id as people say it, letters and digits alone`, unlike(answers[0], 200))
  report.check(`finds ${thing} by a phone number`, unlike(answers[1], 200))

  checkForm(report, shape, answers, hasMoney)

  const [idFound, phoneFound] = answers.map(({ reply }) => shape.Check(reply) ? reply : null)
  const isOther = idFound && spokenKey(idOf(idFound)) !== spokenKey(id)
  report.check(`never answers with another than ${thing} that was asked for`,
    isOther ? 'asked by id, it answered with another id' : undefined,
    phoneFound && phoneOf(phoneFound) !== phone ? 'asked by phone number, it answered with another phone number' : undefined)

  report.check('answers 404 for an id that is not there', unlike(await peer.find(path, { [keyName]: NOTHING }), 404))
  report.check('answers 404 for a phone number that is not there', unlike(await peer.find(path, { phone: NOBODY }), 404))
  report.check('refuses with 401 who does not know the secret', await peer.whenUnproven({ method: 'POST', path, body: byId }))
  return isOther ? null : idFound ?? null
}

/** Checks the form of what came. */
export function checkForm (report: Report, shape: Shape<unknown>, answers: readonly Answer[], hasMoney: boolean): void {
  const replies = answers.filter(({ status, problem }) => status === 200 && problem === undefined).map(({ reply }) => reply)
  const nothing = replies.length === 0 ? 'nothing came that could be looked at' : undefined
  const faults = replies.flatMap(reply => shapeFaults(shape, reply))
  report.check('gives every field in the documented form', nothing, faults.find(fault => !isOfMoney(fault)))
  if (hasMoney) report.check('gives money as integers of minor units', nothing, faults.find(isOfMoney))
}

/** A fault of a field whose name ends with its unit. */
const isOfMoney = (fault: string): boolean => /^\S*Minor /.test(fault)
