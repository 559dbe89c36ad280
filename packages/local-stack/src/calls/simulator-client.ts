import { Type, type Static, type TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { CallNotPlacedError } from '../errors.ts'

const Scenario = Type.Object({ name: Type.String(), line: Type.String(), description: Type.Optional(Type.String()) })
/** `from` is null when it is withheld; `line` is the number that rings. */
const Placed = Type.Object({ callId: Type.String(), from: Type.Union([Type.String(), Type.Null()]), line: Type.String() })
const SimulatedCall = Type.Object({ state: Type.String(), recording: Type.Optional(Type.Union([Type.String(), Type.Null()])) })

const ANSWER_TIMEOUT_MS = 10_000

export type Scenario = Static<typeof Scenario>
export type PlacedCall = Static<typeof Placed>
export type SimulatedCall = Static<typeof SimulatedCall>

/** A call to place: what the caller does is a scenario of that line, sentences to say, or a person at a keyboard. */
export interface CallWish {
  line: string
  scenario?: string
  say?: string
  interactive?: boolean
  from?: string
  to?: string
}

/** The control door of the running simulator. */
export class SimulatorClient {
  readonly #url: string

  constructor (url: string) {
    this.#url = url
  }

  async scenarios (): Promise<Scenario[]> {
    return (await this.#ask(Type.Object({ scenarios: Type.Array(Scenario) }), '/simulator/scenarios')).scenarios
  }

  /** Rings; resolves before anyone answers. */
  async place (wish: CallWish): Promise<PlacedCall> {
    return await this.#ask(Placed, '/simulator/calls', wish)
  }

  async call (callId: string): Promise<SimulatedCall> {
    return await this.#ask(SimulatedCall, `/simulator/calls/${callId}`)
  }

  /** Where a person's own words go in, and what the phone plays comes out. */
  phoneUrl (callId: string): string {
    return `${this.#url.replace('http', 'ws')}/simulator/calls/${callId}/phone`
  }

  async #ask<S extends TSchema> (schema: S, path: string, body?: unknown): Promise<Static<S>> {
    const response = await fetch(`${this.#url}${path}`, {
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
      ...(body !== undefined && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    }).catch(err => { throw new CallNotPlacedError('it does not answer', { cause: err }) })
    const answer: unknown = await response.json().catch(() => null)
    if (!response.ok || !Value.Check(schema, answer)) throw new CallNotPlacedError(Value.Check(Refusal, answer) ? answer.message : `status ${response.status}`)
    return answer
  }
}

const Refusal = Type.Object({ message: Type.String() })

export const isOver = ({ state }: SimulatedCall): boolean => state !== 'ringing' && state !== 'answered'
