import type { CallbackState, CarrierBehaviour } from './carrier-behaviour.ts'

/** What a callback can say; the vocabulary decides how. */
export interface CallbackFacts {
  readonly sessionId: string
  readonly callId: string
  /** Null: the field is absent. */
  readonly from: string | null
  readonly to: string
  readonly direction: 'inbound' | 'outbound'
  readonly state: CallbackState
  readonly active: boolean
  readonly durationSeconds?: number | undefined
  readonly clientRequestId?: string | undefined
  readonly digits?: string | undefined
  readonly recordingUrl?: string | undefined
  readonly streamId?: string | undefined
  readonly streamName?: string | undefined
}

export type CallbackFields = Record<string, string | number | boolean>

/** The fields of a voice webhook, status callback or raw event. */
export function callbackFields (facts: CallbackFacts, behaviour: CarrierBehaviour): CallbackFields {
  const fields = {
    ...(behaviour.vocabulary !== 'tutorial' && pbxFields(facts, behaviour)),
    ...(behaviour.vocabulary !== 'pbx' && tutorialFields(facts, behaviour)),
    clientRequestId: facts.clientRequestId
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)) as CallbackFields
}

function pbxFields (facts: CallbackFacts, behaviour: CarrierBehaviour): Record<string, unknown> {
  const streamEdge = facts.state.startsWith('Stream')
  return {
    sessionId: facts.sessionId,
    callerNumber: written(facts.from, behaviour),
    destinationNumber: written(facts.to, behaviour),
    callSessionState: facts.state,
    isActive: behaviour.isActiveForm === '1 or 0' ? Number(facts.active) : facts.active,
    direction: cased(facts.direction, behaviour.directionCasing),
    durationInSeconds: facts.durationSeconds,
    recordingUrl: facts.recordingUrl,
    dtmfDigits: behaviour.digitsField === 'Digits' ? undefined : facts.digits,
    Digits: behaviour.digitsField === 'dtmfDigits' ? undefined : facts.digits,
    streamSid: facts.streamId,
    streamEvent: streamEdge ? facts.state.replace('Stream', 'stream-').toLowerCase() : undefined,
    streamName: facts.streamName
  }
}

function tutorialFields (facts: CallbackFacts, behaviour: CarrierBehaviour): Record<string, unknown> {
  return {
    CallId: behaviour.tutorialCallId === 'session' ? facts.sessionId : facts.callId,
    From: written(facts.from, behaviour),
    To: written(facts.to, behaviour),
    Digits: facts.digits
  }
}

function written (number: string | null, { plusInNumbers }: CarrierBehaviour): string | undefined {
  return plusInNumbers ? number ?? undefined : number?.replace(/^\+/, '')
}

function cased (direction: 'inbound' | 'outbound', casing: CarrierBehaviour['directionCasing']): string {
  if (casing === 'INBOUND') return direction.toUpperCase()
  return casing === 'inbound' ? direction : direction.charAt(0).toUpperCase() + direction.slice(1)
}
