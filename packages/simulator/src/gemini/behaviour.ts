import type { ModelRules } from './setup/model-rules.ts'

/** Drawn evenly from `min` to `max`, both included. */
export type Range = readonly [min: number, max: number]

/**
 * How the simulated service behaves. "Documented" and "observed" say what a default stands for; "unknown" means that nothing
 * reliable is published, so a client must bear every value. All times are real milliseconds unless they say "of audio".
 */
export interface GeminiBehaviour {
  /** Overrides of the model's row in `MODEL_RULES`, for the rules on which reports contradict each other. */
  readonly rules: Partial<ModelRules>

  // The connection
  /** The service sends its JSON in binary frames (observed; text frames break nothing that decodes both). */
  readonly frames: 'binary' | 'text'
  /** From `setup` to `setupComplete`. Observed: 110 to 300. */
  readonly setupMs: Range
  /** From ping to pong. Observed: 8 to 30 s under load. */
  readonly pongMs: number
  /** A connection ends after this with 1011 "Deadline expired". Documented as about 10 min, observed up to 58. */
  readonly lifetimeMs: number
  /** How long before that `goAway` comes; null: never. Documented as about 60 s, observed 50. */
  readonly goAwayMs: number | null
  /** Sessions of one key at a time; the next one gets 1011 quota. Documented per tier: 50, 1,000. The close code is unverified. */
  readonly sessionsPerKey: number
  /** The longest client message; beyond it the connection closes with 1009. Unknown. */
  readonly maxMessageBytes: number

  // Listening
  /** Which declared input rates are taken. The Developer API takes any; Vertex was seen to close with 1007 on others than 16 kHz. */
  readonly inputRates: 'any' | '16000-only'
  /** Speech needed before its start is committed, in ms of audio, unless the setup says otherwise. The real default is unknown. */
  readonly prefixPaddingMs: number
  /** Silence received before the end of speech is committed, in ms of audio, unless the setup says otherwise. Unknown; 1 to 2 s were seen. */
  readonly silenceDurationMs: number
  /** The level of a 20 ms frame from which it counts as speech, at high and low sensitivity. Stands for a real speech model. */
  readonly speechLevelDbfs: { readonly high: number, readonly low: number }
  /** From the caller's onset to `interrupted`. Observed: 394. Never earlier than the commit of the start. */
  readonly bargeInMs: number
  /** Whether `realtimeInput.text` cuts the model as speech does. Unknown. */
  readonly textInterrupts: boolean

  // Speaking
  /** From the end of the input to the first audio of the answer; the brain's thinking counts. Observed: 770 to 1,000 after speech. */
  readonly firstAudioMs: Range
  /** The long tail: this share of the answers comes so much later. */
  readonly slowAnswers: { readonly share: number, readonly extraMs: number }
  /** How much faster than real time speech is sent. Observed: 3 to 4; `Infinity` is a whole reply in one burst. */
  readonly speed: number
  /** Bytes of the successive audio pieces of a turn, all even; the last one repeats. The default was traced on one reply. */
  readonly chunkBytes: readonly number[]
  /** Observed with the rate on 3.8; some builds sent plain `audio/pcm`. */
  readonly audioMimeType: string
  /** Bytes that wait for a slow client before its connection is dropped. */
  readonly maxUnsentBytes: number
  /** What the client finds where the reply should be. Observed: turns without audio, full-length silence, RESPONSE_REJECTED. */
  readonly replies: 'spoken' | 'silent' | 'empty' | 'rejected'
  /** `turnComplete` waits until the speech should have been heard (documented); cutting a sentence or missing was observed. */
  readonly turnComplete: 'after-playback' | 'at-once' | 'never'
  /** `usageMetadata` rides on `turnComplete`; sometimes it is missing (observed). */
  readonly usage: boolean

  // Transcripts
  /** 3.x sends a caller's turn in large pieces, older models word by word. */
  readonly inputTranscript: 'whole' | 'words'
  /** Output text beside the audio in the same message, or ahead of it (observed on Vertex), or after it. No order is promised. */
  readonly outputTranscript: 'beside' | 'ahead' | 'behind'
  /** 3.8 never sets `finished`; older models do. */
  readonly finishedTranscripts: boolean

  // Interruptions
  /** The last audio piece once more, too late: after `interrupted`, or in the very message that carries it. Both observed. */
  readonly staleAudio: 'none' | 'after-interrupted' | 'in-interrupted'
  /** From `interrupted` to the `turnComplete` of the cut turn. */
  readonly cutTurnCompleteMs: number
  /** Nothing is sent any more after an interruption. Observed on 3.1 telephone calls. */
  readonly freezeAfterInterruption: boolean

  // Tools
  /** How much of the speech before a tool call is sent after it. Trailing audio was observed. */
  readonly trailingAudioMs: number
  /** From a tool response to the first audio about it. Observed: 500 to 2,500. */
  readonly afterToolMs: Range
  /** An empty `turnComplete` acknowledges the tool response first, after 200 ms. Observed on older models. */
  readonly emptyTurnAfterTool: boolean
  /** Caller audio while a BLOCKING call is open: harmless, or closed with this code. Both observed. */
  readonly audioDuringBlockingCall: 'accept' | 1007 | 1008
  /** What a response to a call that never was does. Unknown; 1008 "Requested entity was not found" was seen after tool responses. */
  readonly unknownToolResponse: 'close' | 'ignore'
}

export const DEFAULT_BEHAVIOUR: GeminiBehaviour = {
  rules: {},
  frames: 'binary',
  setupMs: [110, 300],
  pongMs: 0,
  lifetimeMs: 10 * 60_000,
  goAwayMs: 60_000,
  sessionsPerKey: 1_000,
  maxMessageBytes: 16 * 1024 * 1024,
  inputRates: 'any',
  prefixPaddingMs: 100,
  silenceDurationMs: 800,
  speechLevelDbfs: { high: -45, low: -35 },
  bargeInMs: 400,
  textInterrupts: true,
  firstAudioMs: [500, 1_000],
  slowAnswers: { share: 0, extraMs: 3_000 },
  speed: 3.5,
  chunkBytes: [2, 2_400, 7_680, 9_600, 15_360],
  audioMimeType: 'audio/pcm;rate=24000',
  maxUnsentBytes: 64 * 1024 * 1024,
  replies: 'spoken',
  turnComplete: 'after-playback',
  usage: true,
  inputTranscript: 'whole',
  outputTranscript: 'beside',
  finishedTranscripts: false,
  staleAudio: 'none',
  cutTurnCompleteMs: 20,
  freezeAfterInterruption: false,
  trailingAudioMs: 0,
  afterToolMs: [500, 1_000],
  emptyTurnAfterTool: false,
  audioDuringBlockingCall: 'accept',
  unknownToolResponse: 'close'
}

/** Everything at once: no waiting for setup, thought, barge-in or pacing. Playback is still waited for. */
export const PROMPT: Partial<GeminiBehaviour> = {
  setupMs: [0, 0],
  firstAudioMs: [0, 0],
  afterToolMs: [0, 0],
  bargeInMs: 0,
  cutTurnCompleteMs: 0,
  speed: Infinity
}

/** A whole reply at once, in a single message. */
export const ONE_BURST: Partial<GeminiBehaviour> = { speed: Infinity, chunkBytes: [Infinity] }

export function draw ([min, max]: Range, random: () => number): number {
  return min + (max - min) * random()
}
