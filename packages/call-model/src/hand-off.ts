import type { CallEffect, CallSessionEvent, CallState, CallStep } from './call-state.ts'

/** The caller wants a person, and the carrier is to take the call to one. */
export interface HandOff {
  /** `asked`: what is being said ends first; `announced`: the caller is told what happens; `moving`: the carrier was asked to move the call. */
  readonly phase: 'asked' | 'announced' | 'moving'
  /** How often the carrier was asked. */
  readonly redirects: number
}

/** A redirect has worked when the carrier comes for the document of the hand-off, and not before: it may say yes and do nothing. */
export const REDIRECT_MS = 3_000
const MAX_REDIRECTS = 2

/**
 * What follows from one step for a call in which a person was asked for: the caller is told, then the carrier is asked to move the call, twice
 * at most. When that shows no effect the clerk hears of it, and the call goes on. Pure.
 */
export function watchHandOff (event: CallSessionEvent, { state, effects }: CallStep): CallStep {
  if (state.phase !== 'talking') return { state, effects }
  if (event.type === 'person-asked' && state.handOff === null) return begin({ ...state, handOff: { phase: 'asked', redirects: 0 } }, effects)
  const { handOff } = state
  if (handOff?.phase === 'asked') return begin(state, effects)
  if (handOff?.phase === 'announced' && event.type === 'played-out') return move(state, handOff, effects)
  if (handOff?.phase !== 'moving') return { state, effects }
  if (event.type === 'redirect-refused') return giveUp(state, effects)
  if (event.type === 'deadline' && event.deadline === 'redirect') return handOff.redirects < MAX_REDIRECTS ? moveAgain(state, handOff, effects) : giveUp(state, effects)
  return { state, effects }
}

/** Once nobody at our end speaks. */
function begin (state: CallState, effects: readonly CallEffect[]): CallStep {
  if (state.playing || state.turn === 'speaking') return { state, effects }
  return { state: { ...state, handOff: { phase: 'announced', redirects: 0 }, playing: true, waiting: 'filled', filling: false }, effects: [...effects, { do: 'play-clip', clip: 'connecting' }] }
}

function move (state: CallState, { redirects }: HandOff, effects: readonly CallEffect[]): CallStep {
  return { state: { ...state, handOff: { phase: 'moving', redirects: redirects + 1 } }, effects: [...effects, { do: 'redirect' }, { do: 'arm', deadline: 'redirect', ms: REDIRECT_MS }] }
}

/** Once more, and the caller is told again: two waits would be a long silence. */
function moveAgain (state: CallState, handOff: HandOff, effects: readonly CallEffect[]): CallStep {
  return move({ ...state, playing: true }, handOff, [...effects, { do: 'play-clip', clip: 'connecting' }])
}

function giveUp (state: CallState, effects: readonly CallEffect[]): CallStep {
  return { state: { ...state, handOff: null }, effects: [...effects, { do: 'fault', code: 'REDIRECT_WITHOUT_EFFECT' }, { do: 'no-person' }] }
}
