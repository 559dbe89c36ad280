/** One conversation with a realtime speech model, whatever the vendor. Audio is signed 16-bit little-endian mono PCM. */
export interface LiveSession {
  /** Caller audio at 16 kHz, any even number of bytes. Before `onReady` it is kept (bounded, oldest dropped) and sent then. */
  sendAudio (pcm: Uint8Array): void
  /** Something the clerk should take up now, such as 'The caller is on the line. Greet them.' Ignored before `onReady`. */
  sendText (text: string): void
  /** Once for each call of `onToolCalls`, in any order and grouping. */
  answerTools (answers: readonly ToolAnswer[]): void
  /** Ends the session. No handler is called afterwards. Idempotent. */
  close (): void
}

/**
 * Handlers are called in the order of the wire, never before `open…` returned, and never after `onClosed` or `close()`.
 * One that throws ends the session, as transient, with what it threw as `cause`.
 */
export interface LiveSessionHandlers {
  onReady (): void
  /** Speech of the model, in bursts faster than real time. `pcm` has an even length and belongs to the handler. */
  onAudio (pcm: Uint8Array, sampleRateHz: number): void
  /** What the caller said, a fragment or a whole turn. */
  onCallerTranscript (text: string): void
  /** What the clerk says, a fragment or a whole turn; may run ahead of the audio. */
  onClerkTranscript (text: string): void
  /** Stop playing now. Audio that arrives before the next `onTurnComplete` belongs to the cut turn. */
  onInterrupted (): void
  /** The model has produced all of this turn; it may still be playing. */
  onGenerationComplete (): void
  onTurnComplete (): void
  onToolCalls (calls: readonly ToolCall[]): void
  onToolCancellation (ids: readonly string[]): void
  onUsage (usage: ModelUsage): void
  /** The connection will be closed by the peer after about `timeLeftMs`. */
  onGoAway (timeLeftMs: number): void
  /** A message or a part that could not be understood was dropped, or caller audio was. `code` is a constant of this package, never text of the peer. */
  onMalformed (code: string): void
  /** The connection ended, or never came to be. Called once. */
  onClosed (reason: ModelClosed): void
}

export interface ToolCall { readonly id: string, readonly name: string, readonly args: Readonly<Record<string, unknown>> }

export interface ToolAnswer {
  readonly id: string
  readonly name: string
  /** `{ output }` or `{ error }`, as the model should read it. */
  readonly response: { readonly output: unknown } | { readonly error: unknown }
}

export interface ModelUsage { readonly promptTokens: number, readonly responseTokens: number, readonly totalTokens: number }

export interface ModelClosed {
  /** WebSocket close code; 1006 when there was none; 0 when the session was never set up in time; 4000 and above when we gave it up. */
  readonly code: number
  /** The peer's reason, cut at 123 bytes. May name keys or models: not for logs above debug. */
  readonly reason: string
  /** Before `onReady`? */
  readonly duringSetup: boolean
  /** `fatal`: the same setup will fail again (key, model, argument). `transient`: another connection may work. `quota`: back off first. */
  readonly kind: 'fatal' | 'transient' | 'quota'
  /** What a handler threw, where that ended the session. */
  readonly cause?: unknown
}

export interface FunctionDeclaration {
  readonly name: string
  readonly description: string
  /** Plain JSON Schema of an object. */
  readonly parameters: object
}

export interface LiveSetup {
  readonly instructions: string
  readonly voice: string
  readonly tools: readonly FunctionDeclaration[]
}
