import type { CallEffect, CallSessionEvent, CallState, CallStep } from './call-state.ts'

/** On a call that we placed: whether a human being replies. */
export interface ReplyWatch {
  /** The clerk's turns, or the calls for one, that nobody has replied to. */
  readonly unanswered: number
  /** How often somebody has spoken since the clerk first did: a recorded greeting and its tone come before, or are one. */
  readonly replies: number
  readonly clerkSpoke: boolean
  /** Somebody has spoken at all: a clerk who has heard it is about to. */
  readonly wordsHeard: boolean
}

export const noReplyYet: ReplyWatch = { unanswered: 0, replies: 0, clerkSpoke: false, wordsHeard: false }

/** Who has heard the opening waits for the clerk to say why; a clerk whom they have spoken to is about to reply. */
const BEGIN_MS = 400
const BEGIN_AFTER_WORDS_MS = 2_500
/** A machine is not waited for. A person may look for a paper, or type a PIN. */
const MACHINE_QUIET_MS = 6_000
const PERSON_QUIET_MS = 30_000
const PERSON_REPLIES = 2
const MAX_UNANSWERED = 3

/**
 * What follows from one step for a call that we placed. The clerk is told to begin when the opening was heard, and to ask whether anybody is
 * there when it has been quiet; after three turns without a reply the call ends with a recorded message that tells nothing. Pure.
 */
export function watchReply (before: CallState, event: CallSessionEvent, { state, effects }: CallStep): CallStep {
  if (state.reply === null || state.phase === 'ended') return { state, effects }
  const reply = noted(state.reply, event)
  if (event.type === 'deadline' && event.deadline === 'reply' && isQuiet(state)) return quietTooLong(state, reply, effects)
  const watched = { ...state, reply }
  const begins = isQuiet(watched) && !isQuiet(before)
  return { state: watched, effects: begins ? [...effects, { do: 'arm', deadline: 'reply', ms: patienceMs(reply) }] : effects }
}

function noted (reply: ReplyWatch, event: CallSessionEvent): ReplyWatch {
  switch (event.type) {
    case 'clerk-speaks': return { ...reply, clerkSpoke: true }
    case 'caller-speaks': return { ...reply, wordsHeard: true, unanswered: 0, replies: reply.clerkSpoke ? reply.replies + 1 : 0 }
    default: return reply
  }
}

/** Nobody speaks, and nobody works. */
function isQuiet ({ phase, model, playing, turn, callerSpeaking, waiting }: CallState): boolean {
  return phase === 'talking' && model === 'ready' && !playing && turn !== 'speaking' && !callerSpeaking && waiting === 'no'
}

function patienceMs ({ clerkSpoke, wordsHeard, replies }: ReplyWatch): number {
  if (!clerkSpoke) return wordsHeard ? BEGIN_AFTER_WORDS_MS : BEGIN_MS
  return replies < PERSON_REPLIES ? MACHINE_QUIET_MS : PERSON_QUIET_MS
}

function quietTooLong (state: CallState, reply: ReplyWatch, effects: readonly CallEffect[]): CallStep {
  const unanswered = reply.clerkSpoke ? reply.unanswered + 1 : reply.unanswered
  if (unanswered < MAX_UNANSWERED) {
    const prompted = { ...reply, unanswered, clerkSpoke: true }
    return { state: { ...state, reply: prompted }, effects: [...effects, { do: 'prompt-clerk', to: reply.clerkSpoke ? 'ask-who-is-there' : 'begin' }, { do: 'arm', deadline: 'reply', ms: patienceMs(prompted) }] }
  }
  return {
    state: { ...state, reply: { ...reply, unanswered }, phase: 'leaving', model: 'absent', endedBy: 'no-reply', playing: true, filling: false, discarding: true },
    effects: [...effects, { do: 'close-model' }, { do: 'play-clip', clip: 'please-call' }]
  }
}
