/** A voice webhook's reply is not a document that the carrier can run. `code` is the carrier's name for the rule where it has one. */
export class VoiceDocumentError extends Error {
  readonly code: string

  constructor (code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
