import type { HandOff } from './hand-off.ts'
import { noReplyYet, type ReplyWatch } from './reply-watch.ts'

/** A recorded clip that the gateway can play without the model. */
export type Clip = 'opening' | 'apology' | 'time-limit' | 'one-moment' | 'please-call' | 'connecting'
/** Who or what ended the call. */
export type EndedBy = 'caller' | 'clerk' | 'model-unreachable' | 'model-lost' | 'time-limit' | 'shutdown' | 'no-reply' | 'handed-over'
export type Deadline = 'connect' | 'stale-audio' | 'goodbye' | 'last-words' | 'hang-up' | 'time-limit' | 'filler' | 'reply' | 'redirect'

export interface CallState {
  /**
   * `leaving`: the last words are being said; `hanging-up`: the carrier was asked to end the call, or has taken it to a person; `moved`: the
   * stream closed while the carrier was asked to do so, which may be why.
   */
  readonly phase: 'talking' | 'leaving' | 'hanging-up' | 'moved' | 'ended'
  readonly model: 'absent' | 'connecting' | 'ready'
  readonly connectAttempts: number
  /** Whether something is being played, or waits to be. */
  readonly playing: boolean
  /** The clerk's turn: `speaking` until the model completes it; `said` only of the turn with the goodbye. */
  readonly turn: 'silent' | 'speaking' | 'said'
  /** After an interruption: audio of the cut turn still arrives and is thrown away. */
  readonly discarding: boolean
  readonly callerSpeaking: boolean
  /** Whether the clerk waits for a tool, and whether the caller has heard the filler about it. */
  readonly waiting: 'no' | 'silently' | 'filled'
  /** Whether what is being played is the filler: anything else takes precedence over it. */
  readonly filling: boolean
  readonly endedBy: EndedBy | null
  /** Null where the person called us: they will speak. */
  readonly reply: ReplyWatch | null
  /** Null until a person is asked for. */
  readonly handOff: HandOff | null
}

export type CallSessionEvent =
  | { type: 'stream-opened' }
  | { type: 'stream-closed' }
  | { type: 'model-ready' }
  | { type: 'model-closed', kind: 'fatal' | 'transient' | 'quota' }
  | { type: 'caller-speaks' }
  | { type: 'caller-silent' }
  | { type: 'clerk-speaks' }
  /** The first of some tool calls began; the last of them was answered. */
  | { type: 'tools-run' }
  | { type: 'tools-answered' }
  | { type: 'interrupted' }
  | { type: 'generation-complete' }
  | { type: 'turn-complete' }
  | { type: 'end-call-asked' }
  | { type: 'person-asked' }
  /** The carrier does not move calls, or not this one. */
  | { type: 'redirect-refused' }
  /** The carrier has come for the document of the hand-off: it has the call now. */
  | { type: 'handed-over' }
  | { type: 'played-out' }
  | { type: 'shutdown' }
  | { type: 'deadline', deadline: Deadline }

export type CallEffect =
  | { do: 'open-model' }
  | { do: 'close-model' }
  /** Cuts whatever is playing and plays the clip. */
  | { do: 'play-clip', clip: Clip }
  /** Barge-in: drop what is queued of the clerk's speech and tell the carrier to drop what it holds. */
  | { do: 'flush-playout' }
  /** Drop what is left of the filler, here and at the carrier. */
  | { do: 'cut-filler' }
  /** No more audio of this turn will come: its tail may be padded. */
  | { do: 'end-turn' }
  /** The model is told that it should speak, unasked. */
  | { do: 'prompt-clerk', to: 'begin' | 'ask-who-is-there' }
  /** The carrier is to take the call to a person. */
  | { do: 'redirect' }
  /** No person could be reached: the clerk tells, and goes on. */
  | { do: 'no-person' }
  | { do: 'hang-up' }
  | { do: 'close-stream' }
  | { do: 'arm', deadline: Deadline, ms: number }
  | { do: 'fault', code: string }
  | { do: 'finish', endedBy: EndedBy }

export interface CallLimits {
  /** From the stream's opening to a session that is set up; one retry lies within it. */
  readonly connectMs: number
  readonly maxCallMs: number
}

export const newCall: CallState = {
  phase: 'talking', model: 'absent', connectAttempts: 0, playing: false, turn: 'silent', discarding: false, callerSpeaking: false, waiting: 'no', filling: false, endedBy: null, reply: null, handOff: null
}

/** A call that we placed. */
export const newOutreach: CallState = { ...newCall, reply: noReplyYet }

export interface CallStep { readonly state: CallState, readonly effects: readonly CallEffect[] }
