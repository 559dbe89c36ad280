/**
 * The mind behind the simulated model. The emulator owns the protocol (when things go out, in what pieces, what an
 * interruption cuts, which tool answer may be spoken when); a brain only decides what is understood and what is said.
 *
 * A brain acts inside turns. The emulator opens one for every input, hands it to the handler, and ends it when the
 * handler is done (its promise resolved), everything said is sent, and every BLOCKING tool call is answered.
 * A cut turn is deaf: what a late handler still does with it has no effect, and can never leak into the next turn.
 */
export interface Brain {
  /** The caller stopped speaking. */
  onSpeechEnd? (turn: Turn, utterance: Utterance): void | Promise<void>
  /** A text of the client: `realtimeInput.text`, or a completed `clientContent`, its parts joined by newlines. */
  onText? (turn: Turn, text: string): void | Promise<void>
  /**
   * Results of tools. After BLOCKING calls: all of them at once, in the turn that called. After NON_BLOCKING calls: as they
   * come, in a turn of their own that was started as their `scheduling` asks; under SILENT nothing said in it is sent.
   */
  onToolResponses? (turn: Turn, responses: readonly ToolResponse[]): void | Promise<void>
  /** `turn` was cut by the caller or the client. Its `signal` is already aborted. */
  onInterrupted? (turn: Turn): void
  /** Seeded history (`historyConfig`): nothing is said to it. */
  onHistory? (text: string): void
  /** Every piece of caller audio at 16 kHz as it arrives, speech or not. The samples are only valid during the call. */
  onAudio? (samples: Int16Array): void
  /** The connection has ended. No handler is called afterwards. */
  close? (): void
}

/**
 * Makes the mind of one session, after its setup was accepted and before `setupComplete` is sent (a promise delays it).
 * A brain that throws or rejects, here or in a handler, ends its session with 1011 and nothing else.
 */
export type CreateBrain = (session: BrainSession) => Brain | Promise<Brain>

export interface BrainSession {
  /** Opaque, unique among the sessions of one emulator. */
  readonly id: string
  /** What the client asked for; a `contextUpdate` replaces it, so read it when it matters. */
  readonly setup: SessionSetup
  /** Milliseconds on a monotonic clock. */
  now (): number
  /** From 0 up to 1: the emulator's own source, so that a seeded run repeats. */
  random (): number
  /** Speaks without being asked: opens a turn as soon as the session is ready and nobody has the floor. */
  takeTurn (handler: (turn: Turn) => void | Promise<void>): void
  /** Lets something go wrong on the wire, now. */
  fault (mishap: Mishap): void
}

export interface SessionSetup {
  /** Without the `models/` prefix. */
  readonly model: string
  readonly instructions: string
  readonly voice: string | undefined
  readonly tools: readonly DeclaredTool[]
}

export interface DeclaredTool {
  readonly name: string
  readonly description: string
  readonly behavior: 'BLOCKING' | 'NON_BLOCKING'
}

/** One stretch of caller speech, 16 kHz: some audio before its onset, the speech, and at most 300 ms after it. */
export interface Utterance {
  /** Belongs to the handler. Speech beyond 60 s is not kept. */
  readonly samples: Int16Array
  /** Onset and end of the speech, in milliseconds of received audio since the session began. */
  readonly startMs: number
  readonly endMs: number
}

export interface Turn {
  /** Aborted when the turn is cut or the connection ends. */
  readonly signal: AbortSignal
  /** What the caller was understood to say (input transcription). Sent at once, when the setup asked for it. */
  heard (text: string): void
  /** Says this after what was said before. Resolves when it is sent (not heard), at once when the turn is cut; never rejects. */
  say (speech: Speech): Promise<void>
  /** Calls tools after what was said before. Returns the calls with their ids; a given `id` is used as it is, even twice. */
  callTools (calls: readonly ToolRequest[]): readonly ToolCall[]
}

export interface Speech {
  /** The output transcription. */
  readonly text?: string
  /** 24 kHz mono. */
  readonly audio: Int16Array | AsyncIterable<Int16Array>
}

export interface ToolRequest {
  readonly id?: string
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
}

export interface ToolCall extends ToolRequest {
  readonly id: string
}

export interface ToolResponse {
  readonly id: string
  readonly name: string
  /** The client's `response` object: `{ output }`, `{ error }` or free. */
  readonly response: Readonly<Record<string, unknown>>
  /** Another response to this call will follow. */
  readonly willContinue: boolean
}

/** Something going wrong on an open connection. */
export type Mishap =
  /** The connection is gone without a close frame: the client sees 1006. */
  | { readonly do: 'drop' }
  | { readonly do: 'close', readonly code: number, readonly reason: string }
  /** The connection stays open and answers pings, but nothing is sent any more. */
  | { readonly do: 'stall' }
  /** These bytes, whatever they are, as one binary frame (text frame for a string). */
  | { readonly do: 'send', readonly data: string | Uint8Array }
