/** The messages of the service, as JSON text. Audio is put together by hand: its base64 needs no escaping and is long. */
export interface ServerContent {
  readonly interrupted?: true
  readonly generationComplete?: true
  readonly turnComplete?: true
  readonly turnCompleteReason?: string
  readonly interactionStatus?: 'IN_PROGRESS' | 'IDLE'
  readonly inputTranscription?: Transcription
  readonly outputTranscription?: Transcription
}

export interface Transcription { readonly text: string, readonly finished?: true }

export function serverContent (content: ServerContent, usageMetadata?: object): string {
  return JSON.stringify({ serverContent: content, ...(usageMetadata && { usageMetadata }) })
}

/** A piece of speech; `content` rides along in the same message. */
export function speechMessage (pcm: Uint8Array, mimeType: string, content: ServerContent = {}): string {
  const data = Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength).toString('base64')
  const rest = JSON.stringify(content).slice(1, -1)
  return `{"serverContent":{"modelTurn":{"parts":[{"inlineData":{"mimeType":${JSON.stringify(mimeType)},"data":"${data}"}}]}${rest && ','}${rest}}}`
}

export const setupComplete = (sessionId: string): string => JSON.stringify({ setupComplete: { sessionId } })

export const toolCall = (functionCalls: ReadonlyArray<{ id: string, name: string, args: object }>): string => JSON.stringify({ toolCall: { functionCalls } })

export const toolCallCancellation = (ids: readonly string[]): string => JSON.stringify({ toolCallCancellation: { ids } })

export const goAway = (timeLeftMs: number): string => JSON.stringify({ goAway: { timeLeft: `${timeLeftMs / 1000}s` } })

export function resumptionUpdate (handle: string | null): string {
  return JSON.stringify({ sessionResumptionUpdate: handle === null ? { newHandle: '', resumable: false } : { newHandle: handle, resumable: true } })
}
