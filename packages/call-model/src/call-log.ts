import { Type, type Static } from 'typebox'

/**
 * What happened in one call, as it happened: the live display reads it, the call record keeps it.
 * `atMs` is milliseconds since the media stream opened. `said` entries are one turn each.
 */
export const CallLogEntry = Type.Union([
  Type.Object({ type: Type.Literal('opened'), atMs: Type.Number(), agent: Type.String(), line: Type.String(), caller: Type.Union([Type.String(), Type.Null()]), direction: Type.String(), startedAt: Type.String() }),
  /** A recorded clip: the opening with its notice, the apology, the filler while a tool works. */
  Type.Object({ type: Type.Literal('clip'), atMs: Type.Number(), clip: Type.String(), text: Type.String() }),
  Type.Object({ type: Type.Literal('model-ready'), atMs: Type.Number() }),
  Type.Object({ type: Type.Literal('caller-said'), atMs: Type.Number(), text: Type.String() }),
  /** `cut`: the caller interrupted; the words may run past what was heard. */
  Type.Object({ type: Type.Literal('clerk-said'), atMs: Type.Number(), text: Type.String(), cut: Type.Boolean() }),
  /** From the end of the caller's speech to the first sample of the reply leaving for the carrier. */
  Type.Object({ type: Type.Literal('response'), atMs: Type.Number(), latencyMs: Type.Number() }),
  Type.Object({ type: Type.Literal('interrupted'), atMs: Type.Number(), heardMs: Type.Number(), droppedMs: Type.Number() }),
  Type.Object({ type: Type.Literal('tool-called'), atMs: Type.Number(), id: Type.String(), tool: Type.String() }),
  Type.Object({ type: Type.Literal('tool-answered'), atMs: Type.Number(), id: Type.String(), tool: Type.String(), durationMs: Type.Number(), outcome: Type.String() }),
  /** Something that the clerk was told without having asked, such as `payment-received`. */
  Type.Object({ type: Type.Literal('news'), atMs: Type.Number(), kind: Type.String() }),
  /** A figure that the clerk spoke and nobody had given, as it was said. `currency`: money; `correction`: the clerk was told to take it back. */
  Type.Object({ type: Type.Literal('untrue-figure'), atMs: Type.Number(), text: Type.String(), currency: Type.Boolean(), correction: Type.Boolean() }),
  /** A fault that the call survived or ended by; `code` is a constant. */
  Type.Object({ type: Type.Literal('fault'), atMs: Type.Number(), code: Type.String() }),
  Type.Object({ type: Type.Literal('closed'), atMs: Type.Number(), endedBy: Type.String(), costMinor: Type.Integer(), currency: Type.String() })
])
export type CallLogEntry = Static<typeof CallLogEntry>

/** One entry on its way to whoever watches calls live. */
export const LiveCallEvent = Type.Object({ callId: Type.String(), entry: CallLogEntry })
export type LiveCallEvent = Static<typeof LiveCallEvent>

/** What media-gateway knows of a finished call. telephony-worker joins it with what the carrier said and writes the record. */
export const FinishedCall = Type.Object({
  callId: Type.String(),
  direction: Type.String(),
  agent: Type.String(),
  line: Type.String(),
  caller: Type.Union([Type.String(), Type.Null()]),
  startedAt: Type.String(),
  endedAt: Type.String(),
  durationMs: Type.Integer({ minimum: 0 }),
  /** `caller`, `clerk`, or a fault code. */
  endedBy: Type.String(),
  costMinor: Type.Integer({ minimum: 0 }),
  currency: Type.String(),
  recordingUrl: Type.Union([Type.String(), Type.Null()]),
  usage: Type.Object({ promptTokens: Type.Integer(), responseTokens: Type.Integer(), totalTokens: Type.Integer() }),
  entries: Type.Array(CallLogEntry)
})
export type FinishedCall = Static<typeof FinishedCall>
