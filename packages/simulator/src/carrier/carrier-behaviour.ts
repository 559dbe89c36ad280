import type { PreBuffer } from './playback.ts'

/** What a voice webhook or status callback says about the call. */
export type CallbackState = 'Ringing' | 'Answered' | 'Completed' | 'StreamStarted' | 'StreamStopped' | 'StreamError'

/**
 * `cut before`: the connection is lost and nobody is dialled. `cut after`: somebody is, and the answer is lost. `cut during`: it is lost in the
 * middle of its body. `status`: an answer without a call; `status after`: the call is placed, and the answer says otherwise.
 */
export type DialFault =
  | { readonly does: 'cut before' | 'cut during' | 'cut after' }
  | { readonly does: 'status' | 'status after', readonly status: number, readonly retryAfterS?: number }
  | { readonly does: 'slow', readonly ms: number }

/**
 * Every point on which the carrier's sources contradict each other or are silent, as a switch. Each says which question it
 * stands for; `carrierPresets` has three answers to all of them. A single call may have its own.
 */
export interface CarrierBehaviour {
  // REST

  /** How a number's routing is set: the pages show PATCH on two paths, a production client uses PUT. */
  routingEndpoint: 'PATCH /routing' | 'PUT /routing' | 'PATCH /{id}' | 'any'
  /** Whether `POST /v1/calls/originate` exists beside `POST /v1/calls`. */
  originateAlias: boolean
  /** Where the balance is read. `none`: the key is of no scope that may. */
  walletPath: '/v1/wallet' | '/v1/wallet/balance' | 'both' | 'none'
  /** Which identity call paths take: newer sources say either, an older one the UUID only. */
  callPathId: 'either' | 'UUID'
  /** What `POST /v1/calls/{id}/redirect` does: documented once, tried by nobody. `no effect` answers 200 and moves nothing. */
  redirect: 'works' | 'no effect' | 404 | 405 | 500
  /** The name of the redirect's URL in its body. */
  redirectField: 'routing_url' | 'voice_callback_url' | 'either'
  /** Whether the correlation label de-duplicates dials too: the sources say both. */
  clientRequestIdDeduplicates: boolean
  /** What one request with several `to` numbers does: nobody says. The answer then describes the first call. */
  severalTo: 'a call each' | 'refused'

  /** What goes wrong with a request to place a call, anew for each; `null`: nothing. */
  dialFault: (request: { readonly to: readonly string[], readonly label: string | undefined }) => DialFault | null

  // The voice webhook

  /** Content type of the body. */
  voiceBody: 'form' | 'json'
  /** Field names: the PBX's (`sessionId`, `callerNumber`, ...) or the tutorials' (`CallId`, `From`, ...), which say nothing of the state. */
  vocabulary: 'pbx' | 'tutorial' | 'both'
  /** Which identity `CallId` carries. */
  tutorialCallId: 'session' | 'UUID'
  /** Numbers arrive with and without it. */
  plusInNumbers: boolean
  isActiveForm: '1 or 0' | 'true or false'
  directionCasing: 'inbound' | 'Inbound' | 'INBOUND'
  digitsField: 'Digits' | 'dtmfDigits' | 'both'
  /** What the first callback of an inbound call says: a production log shows one that was already `Completed`. */
  firstState: 'Ringing' | 'Completed'
  /** What the first callback of an outbound call says, fetched on answer. */
  outboundFirstState: 'Answered' | 'Ringing'
  /** Whether the answer of an inbound call is reported to the voice URL. */
  answeredCallback: boolean
  /** How long the far end of an outbound call is rung: no limit is documented. */
  outboundRingMs: number
  /** The signature header: an HMAC over body, dot and time, or of the body alone. */
  signature: 't=,v1=' | 'bare hex'
  /** Whether status callbacks and recording posts are signed as the voice webhook is: nobody says. */
  statusSigned: boolean
  /** Not documented; event deliveries have 10 s. */
  voiceTimeoutMs: number
  /** Not documented: how often the document is asked for before the carrier gives up. */
  voiceAttempts: number
  /** Some pages know `wss:` only. */
  streamScheme: 'wss' | 'ws or wss'
  /** Whether the JSON form of Stream is understood; in older sources only the XML form is. */
  jsonStream: boolean
  /** Whether a Stream must name its track and rate. */
  trackAndRateRequired: boolean
  /** Whether the Redirect verb may point at any URL; one page says carrier-owned endpoints only. */
  redirectVerb: 'any URL' | 'refused'

  // The media stream

  /** From the answer to the open socket; the microphone is captured meanwhile and comes as one large first frame. */
  connectDelayMs: number
  /** Key paths of the first text frame: the schema is not documented. `null` leaves a fact out. */
  metadataKeys: { sessionId: string | null, callId: string | null, from: string | null, to: string | null, streamId: string | null, openMetadata: string | null }
  /** Whether openMetadata is a text frame of its own after the first. */
  openMetadataFrame: boolean
  /** Where `headerMetadata` goes. */
  headerMetadata: 'first text frame' | 'HTTP headers'
  /** How the microphone's bytes are cut: one frame each 20 ms, or pieces of any even size, or in the middle of samples. */
  framing: '20 ms' | 'any even size' | 'any size'
  /** What both_tracks carries. */
  bothTracks: 'mixed' | 'stereo'
  preBuffer: PreBuffer
  /** Which undocumented control messages have an effect. */
  honours: { killAudio: boolean, mark: boolean, clearMarks: boolean, disconnect: boolean }
  /** What follows when the media server closes the socket: silence was observed. */
  afterServerClose: 'silence' | 'hang up' | 'next verb'
  /** What follows when the socket cannot be opened. */
  afterConnectFailure: 'silence' | 'hang up' | 'next verb'
  /** How long a call lives whose Stream does not say connect="true". */
  unconnectedMs: number

  // Callbacks and events

  /** Where stream edges go besides a `statusCallback`. */
  streamEdgesTo: 'voice URL' | 'events URL' | 'both' | 'status callback only'
  /** Whether the voice URL hears that the call is over. */
  completedToVoice: boolean
  /** The body of events. */
  envelope: 'kind, data' | 'event_kind, payload' | 'PBX'
  /** Names of the event headers. */
  eventHeaders: 'Event-Id' | 'Idempotency-Key'
  /** Which events are sent: the pages say of each that it may not be emitted yet. */
  eventKinds: 'all' | 'terminal' | 'none'
  /** Nominal waits before the second and later attempts. Each is jittered: uniform from 0. */
  retryWaitsMs: readonly number[]
  /** One hour of waiting takes this many hours: tests make it small. */
  retryTimeScale: number
  /** How often each callback and event is delivered, at once. */
  copies: number
  /** Holds a callback back: unequal delays reorder them. */
  callbackDelayMs: (state: CallbackState | 'event') => number

  // Money

  billing: 'per second' | 'per minute'
  inboundPerMinuteMinor: number
  outboundPerMinuteMinor: number
  /** The tutorials deny it, the price page has it. */
  streamPerMinuteMinor: number
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** What a production integrator logged, and the newest official sources where no log speaks. */
export const field: CarrierBehaviour = {
  routingEndpoint: 'any',
  originateAlias: true,
  walletPath: 'both',
  callPathId: 'either',
  redirect: 404,
  redirectField: 'either',
  clientRequestIdDeduplicates: false,
  severalTo: 'a call each',
  dialFault: () => null,
  voiceBody: 'form',
  vocabulary: 'pbx',
  tutorialCallId: 'session',
  plusInNumbers: true,
  isActiveForm: '1 or 0',
  directionCasing: 'Inbound',
  digitsField: 'dtmfDigits',
  firstState: 'Ringing',
  outboundFirstState: 'Answered',
  answeredCallback: false,
  outboundRingMs: MINUTE,
  signature: 't=,v1=',
  statusSigned: true,
  voiceTimeoutMs: 10 * SECOND,
  voiceAttempts: 1,
  streamScheme: 'ws or wss',
  jsonStream: true,
  trackAndRateRequired: false,
  redirectVerb: 'any URL',
  connectDelayMs: 1_200,
  metadataKeys: { sessionId: 'sessionId', callId: 'callSid', from: 'callerNumber', to: 'destinationNumber', streamId: 'streamSid', openMetadata: 'openMetadata' },
  openMetadataFrame: false,
  headerMetadata: 'first text frame',
  framing: '20 ms',
  bothTracks: 'mixed',
  preBuffer: { dryMs: 160, flowingMs: 80, clearedByKill: true },
  honours: { killAudio: true, mark: false, clearMarks: false, disconnect: false },
  afterServerClose: 'silence',
  afterConnectFailure: 'silence',
  unconnectedMs: SECOND,
  streamEdgesTo: 'events URL',
  completedToVoice: true,
  envelope: 'PBX',
  eventHeaders: 'Event-Id',
  eventKinds: 'all',
  retryWaitsMs: [30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 24 * HOUR],
  retryTimeScale: 1,
  copies: 1,
  callbackDelayMs: () => 0,
  billing: 'per second',
  inboundPerMinuteMinor: 0,
  outboundPerMinuteMinor: 300,
  streamPerMinuteMinor: 50
}

/** The carrier as its own pages describe it. */
const documented: CarrierBehaviour = {
  ...field,
  routingEndpoint: 'PATCH /routing',
  walletPath: '/v1/wallet/balance',
  redirect: 'works',
  redirectField: 'routing_url',
  vocabulary: 'both',
  directionCasing: 'inbound',
  digitsField: 'Digits',
  answeredCallback: true,
  trackAndRateRequired: true,
  connectDelayMs: 200,
  preBuffer: { dryMs: 0, flowingMs: 0, clearedByKill: true },
  honours: { killAudio: false, mark: false, clearMarks: false, disconnect: false },
  afterServerClose: 'next verb',
  afterConnectFailure: 'hang up',
  streamEdgesTo: 'status callback only',
  completedToVoice: false,
  envelope: 'kind, data',
  streamPerMinuteMinor: 0
}

/** The worst that the sources allow: what works here works on any of the others. */
const hostile: CarrierBehaviour = {
  ...field,
  redirect: 'no effect',
  vocabulary: 'pbx',
  plusInNumbers: false,
  isActiveForm: 'true or false',
  directionCasing: 'INBOUND',
  firstState: 'Completed',
  answeredCallback: true,
  statusSigned: false,
  metadataKeys: { sessionId: null, callId: null, from: null, to: null, streamId: null, openMetadata: null },
  openMetadataFrame: true,
  framing: 'any even size',
  preBuffer: { dryMs: 160, flowingMs: 80, clearedByKill: false },
  honours: { killAudio: true, mark: true, clearMarks: true, disconnect: false },
  streamEdgesTo: 'both',
  envelope: 'event_kind, payload',
  eventHeaders: 'Idempotency-Key',
  copies: 2,
  callbackDelayMs: state => state === 'StreamStarted' ? 400 : state === 'StreamStopped' ? 200 : 0
}

export const carrierPresets = { documented, field, hostile } as const
