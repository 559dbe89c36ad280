/** An answer in Daraja's error envelope. */
export class DarajaFault extends Error {
  readonly status: number
  readonly errorCode: string

  constructor (status: number, errorCode: string, errorMessage: string) {
    super(errorMessage)
    this.status = status
    this.errorCode = errorCode
  }
}
