/** An answer in the carrier's error envelope. Codes that its catalogue does not name are our guess. */
export class RestError extends Error {
  readonly statusCode: number
  readonly code: string

  constructor (statusCode: number, code: string, message: string) {
    super(message)
    this.statusCode = statusCode
    this.code = code
  }
}
