import { noReplyYet, watchReply, type ReplyWatch } from './reply-watch.ts'

/** A recorded clip that the gateway can play without the model. */
export type Clip = 'opening' | 'apology' | 'time-limit' | 'one-moment' | 'please-call'
/** Who or what ended the call. */
export type EndedBy = 'caller' | 'clerk' | 'model-unreachable' | 'model-lost' | 'time-limit' | 'shutdown' | 'no-reply'
export type Deadline = 'connect' | 'stale-audio' | 'goodbye' | 'last-words' | 'hang-up' | 'time-limit' | 'filler' | 'reply'

export interface CallState {
  /** `leaving`: the last words are being said; `hanging-up`: the carrier was asked to end the call. */
  readonly phase: 'talking' | 'leaving' | 'hanging-up' | 'ended'
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

/** The model may stay silent about a cut turn for ever; then its next words must be heard all the same. */
const STALE_AUDIO_MS = 3_000
/** A clerk that asked for the end and says nothing more is hung up after this. */
const GOODBYE_MS = 4_000
/** From the last words played, as far as we know, to the hang-up: the carrier may be that much behind our clock. */
const LAST_WORDS_MS = 300
/** How long the carrier may take to close the stream of a call that it was asked to end. */
const HANG_UP_MS = 5_000
const MAX_CONNECT_ATTEMPTS = 2
/** A caller who has heard nothing for this long while a tool works hears the filler. */
const FILLER_MS = 1_200
/** A filler that would talk over the caller waits in steps of this. */
const FILLER_RETRY_MS = 300

export const newCall: CallState = {
  phase: 'talking', model: 'absent', connectAttempts: 0, playing: false, turn: 'silent', discarding: false, callerSpeaking: false, waiting: 'no', filling: false, endedBy: null, reply: null
}

/** A call that we placed. */
export const newOutreach: CallState = { ...newCall, reply: noReplyYet }

export interface CallStep { readonly state: CallState, readonly effects: readonly CallEffect[] }

/**
 * What one event does to one call. Pure: the gateway carries out the effects, in order.
 * An event with no meaning in `state` changes nothing.
 */
export function step (state: CallState, event: CallSessionEvent, limits: CallLimits): CallStep {
  return state.phase === 'ended' ? { state, effects: [] } : watchReply(state, event, stepOfCall(state, event, limits))
}

function stepOfCall (state: CallState, event: CallSessionEvent, limits: CallLimits): CallStep {
  switch (event.type) {
    case 'stream-opened': return state.model === 'absent' && state.connectAttempts === 0 ? opened(state, limits) : stay(state)
    case 'stream-closed': return closed(state)
    case 'model-ready': return to(state, { model: 'ready' })
    case 'model-closed': return modelClosed(state, event.kind)
    case 'caller-speaks': return to(state, { callerSpeaking: true, filling: false }, ...cutFiller(state))
    case 'caller-silent': return to(state, { callerSpeaking: false })
    case 'clerk-speaks': return to(state, { turn: 'speaking', playing: true, filling: false }, ...cutFiller(state))
    case 'tools-run': return to(state, { waiting: 'silently' }, { do: 'arm', deadline: 'filler', ms: FILLER_MS })
    case 'tools-answered': return to(state, { waiting: 'no' })
    case 'interrupted': return interrupted(state)
    case 'generation-complete': return { state, effects: [{ do: 'end-turn' }] }
    case 'turn-complete': return turnComplete(state)
    case 'end-call-asked': return state.phase === 'talking' ? to(state, { phase: 'leaving', endedBy: 'clerk' }, { do: 'arm', deadline: 'goodbye', ms: GOODBYE_MS }) : stay(state)
    case 'played-out': return playedOut({ ...state, playing: false, filling: false })
    case 'shutdown': return leaveWith(state, 'time-limit', 'shutdown')
    case 'deadline': return deadline(state, event.deadline)
  }
}

function opened (state: CallState, { connectMs, maxCallMs }: CallLimits): CallStep {
  return to(state, { model: 'connecting', connectAttempts: 1, playing: true },
    { do: 'play-clip', clip: 'opening' }, { do: 'open-model' },
    { do: 'arm', deadline: 'connect', ms: connectMs }, { do: 'arm', deadline: 'time-limit', ms: maxCallMs })
}

function closed (state: CallState): CallStep {
  const endedBy = state.endedBy ?? 'caller'
  return to(state, { phase: 'ended', model: 'absent', endedBy }, { do: 'close-model' }, { do: 'finish', endedBy })
}

function modelClosed (state: CallState, kind: 'fatal' | 'transient' | 'quota'): CallStep {
  if (state.model === 'absent') return stay(state)
  if (state.phase !== 'talking') return leaveWhenDone({ ...state, model: 'absent', turn: 'said' })
  if (state.model === 'ready') return leaveWith({ ...state, model: 'absent' }, 'apology', 'model-lost')
  if (kind === 'transient' && state.connectAttempts < MAX_CONNECT_ATTEMPTS) {
    return to(state, { connectAttempts: state.connectAttempts + 1 }, { do: 'fault', code: 'MODEL_CONNECT_RETRIED' }, { do: 'open-model' })
  }
  return leaveWith({ ...state, model: 'absent' }, 'apology', 'model-unreachable')
}

/** The caller speaks over the clerk, perhaps over the clerk's goodbye: then the call goes on. */
function interrupted (state: CallState): CallStep {
  if (state.phase === 'hanging-up' || (state.phase === 'leaving' && state.endedBy !== 'clerk')) return stay(state)
  return to(state, { phase: 'talking', endedBy: null, discarding: true, turn: 'silent', filling: false },
    ...(state.discarding ? cutFiller(state) : [{ do: 'flush-playout' } as const]), { do: 'arm', deadline: 'stale-audio', ms: STALE_AUDIO_MS })
}

function turnComplete (state: CallState): CallStep {
  const goodbyeSaid = state.phase === 'leaving' && state.turn !== 'silent'
  const next = leaveWhenDone({ ...state, discarding: false, turn: goodbyeSaid ? 'said' : 'silent' })
  return { state: next.state, effects: [{ do: 'end-turn' }, ...next.effects] }
}

/** The silence of a wait begins anew when the clerk has said something. */
function playedOut (state: CallState): CallStep {
  const next = leaveWhenDone(state)
  return state.waiting === 'silently' ? { state: next.state, effects: [...next.effects, { do: 'arm', deadline: 'filler', ms: FILLER_MS }] } : next
}

/** Once a wait, and over nobody: the end of what is playing arms it again. */
function fill (state: CallState): CallStep {
  if (state.waiting !== 'silently' || state.phase !== 'talking' || state.playing) return stay(state)
  if (state.callerSpeaking) return to(state, {}, { do: 'arm', deadline: 'filler', ms: FILLER_RETRY_MS })
  return to(state, { waiting: 'filled', filling: true, playing: true }, { do: 'play-clip', clip: 'one-moment' })
}

const cutFiller = ({ filling }: CallState): CallEffect[] => filling ? [{ do: 'cut-filler' }] : []

/** A call that is leaving is hung up once its last words have been played: the clip's, or those of the turn with the goodbye. */
function leaveWhenDone (state: CallState): CallStep {
  return hasSaidLastWords(state) ? to(state, {}, { do: 'arm', deadline: 'last-words', ms: LAST_WORDS_MS }) : stay(state)
}

const hasSaidLastWords = ({ phase, playing, endedBy, turn }: CallState): boolean => phase === 'leaving' && !playing && (endedBy !== 'clerk' || turn === 'said')

function deadline (state: CallState, which: Deadline): CallStep {
  switch (which) {
    case 'connect': return state.model === 'connecting' && state.phase === 'talking' ? leaveWith(state, 'apology', 'model-unreachable') : stay(state)
    case 'stale-audio': return to(state, { discarding: false })
    case 'filler': return fill(state)
    case 'reply': return stay(state) // see `watchReply`
    case 'goodbye': return goodbyeOverdue(state)
    case 'last-words': return hasSaidLastWords(state) ? hangUp(state) : stay(state)
    case 'time-limit': return leaveWith(state, 'time-limit', 'time-limit')
    case 'hang-up': return state.phase === 'hanging-up' ? { state, effects: [{ do: 'fault', code: 'HANG_UP_WITHOUT_EFFECT' }, { do: 'close-stream' }] } : stay(state)
  }
}

function goodbyeOverdue (state: CallState): CallStep {
  if (state.phase !== 'leaving' || state.endedBy !== 'clerk') return stay(state)
  return state.playing || state.turn === 'speaking' ? to(state, {}, { do: 'arm', deadline: 'goodbye', ms: GOODBYE_MS }) : hangUp(state)
}

/** Says why, and leaves. A call that is already leaving for this reason is hung up: its last words cannot be said. */
function leaveWith (state: CallState, clip: Clip, endedBy: EndedBy): CallStep {
  if (state.phase === 'hanging-up') return stay(state)
  if (state.phase === 'leaving' && state.endedBy === endedBy) return hangUp(state)
  return to(state, { phase: 'leaving', model: 'absent', endedBy, playing: true, filling: false, discarding: true },
    ...(endedBy.startsWith('model-') ? [{ do: 'fault', code: endedBy.toUpperCase().replace('-', '_') } as const] : []),
    { do: 'close-model' }, { do: 'play-clip', clip })
}

function hangUp (state: CallState): CallStep {
  return to(state, { phase: 'hanging-up' }, { do: 'hang-up' }, { do: 'arm', deadline: 'hang-up', ms: HANG_UP_MS })
}

const stay = (state: CallState): CallStep => ({ state, effects: [] })
const to = (state: CallState, change: Partial<CallState>, ...effects: CallEffect[]): CallStep => ({ state: { ...state, ...change }, effects })
