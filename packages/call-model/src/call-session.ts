import type { CallEffect, CallLimits, CallSessionEvent, CallState, CallStep, Clip, Deadline, EndedBy } from './call-state.ts'
import { REDIRECT_MS, watchHandOff } from './hand-off.ts'
import { watchReply } from './reply-watch.ts'

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

/**
 * What one event does to one call. Pure: the gateway carries out the effects, in order.
 * An event with no meaning in `state` changes nothing.
 */
export function step (state: CallState, event: CallSessionEvent, limits: CallLimits): CallStep {
  if (state.phase === 'ended') return stay(state)
  return state.phase === 'moved' ? stepOfMoved(state, event) : watchReply(state, event, watchHandOff(event, stepOfCall(state, event, limits)))
}

function stepOfCall (state: CallState, event: CallSessionEvent, limits: CallLimits): CallStep {
  switch (event.type) {
    case 'stream-opened': return state.model === 'absent' && state.connectAttempts === 0 ? opened(state, limits) : stay(state)
    case 'stream-closed': return streamClosed(state)
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
    case 'person-asked': case 'redirect-refused': return stay(state) // see `watchHandOff`
    case 'handed-over': return handedOver(state)
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

/** The carrier's document goes on with the call, so it is not hung up: only the stream should close. */
function handedOver (state: CallState): CallStep {
  if (state.phase === 'hanging-up') return stay(state)
  return to(state, { phase: 'hanging-up', model: 'absent', endedBy: 'handed-over', discarding: true },
    { do: 'close-model' }, { do: 'flush-playout' }, { do: 'arm', deadline: 'hang-up', ms: HANG_UP_MS })
}

/** The carrier closes the stream first and comes for the document afterwards; or the caller hung up just then. */
function stepOfMoved (state: CallState, event: CallSessionEvent): CallStep {
  if (event.type === 'handed-over') return closed({ ...state, endedBy: 'handed-over' })
  return event.type === 'deadline' && event.deadline === 'redirect' ? closed(state) : stay(state)
}

function streamClosed (state: CallState): CallStep {
  return state.phase === 'talking' && state.handOff?.phase === 'moving'
    ? to(state, { phase: 'moved', model: 'absent' }, { do: 'close-model' }, { do: 'arm', deadline: 'redirect', ms: REDIRECT_MS })
    : closed(state)
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
    case 'reply': case 'redirect': return stay(state) // see `watchReply` and `watchHandOff`
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
