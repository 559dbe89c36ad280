/** The service's way to say no: it closes the connection with this code and reason. */
export class Refusal extends Error {
  readonly code: number

  constructor (code: number, reason: string) {
    super(reason)
    this.code = code
  }
}

/** Most refusals: the client sent something that does not fit. */
export const invalid = (reason: string): Refusal => new Refusal(1007, reason)
