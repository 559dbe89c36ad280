import type { DeclaredTool } from '../brain.ts'

/** What one model allows and how it differs from the others. Where reports contradict each other `GeminiBehaviour.rules` overrides. */
export interface ModelRules {
  /** `thinkingConfig.thinkingLevel`; where required, MINIMAL is refused as well. */
  readonly thinkingLevel: 'refused' | 'optional' | 'required'
  /** Allowed function behaviors; the first is the default. */
  readonly behaviors: readonly [DeclaredTool['behavior'], ...Array<DeclaredTool['behavior']>]
  /** May a tool response carry `scheduling`? */
  readonly scheduling: boolean
  /** `clientContent` after setup, or only as history announced by `historyConfig`. */
  readonly clientContent: 'any-time' | 'history-only'
  /** `proactivity.proactiveAudio`; always on: `false` is refused. */
  readonly proactiveAudio: 'optional' | 'always-on' | 'refused'
  /** `enableAffectiveDialog`; hangs: no `setupComplete` ever comes. */
  readonly affectiveDialog: 'optional' | 'refused' | 'hangs'
  /** `contextUpdate`, which replaces instructions or tools mid-session. */
  readonly contextUpdate: boolean
  /** Whether `audioStreamEnd` ends the caller's turn, or only received silence does. */
  readonly audioStreamEndEndsTurn: boolean
  /** A model that ignores the setup's `silenceDurationMs` ends every turn after the emulator's default. */
  readonly silenceDurationMs: 'obeyed' | 'ignored'
  /** Sends output transcription even when the setup did not ask for it. */
  readonly unaskedOutputTranscript: boolean
  /** `interactionStatus` on `turnComplete`: IN_PROGRESS while tool calls are open. */
  readonly interactionStatus: boolean
}

const LIVE_2_5: ModelRules = {
  thinkingLevel: 'refused',
  behaviors: ['BLOCKING', 'NON_BLOCKING'],
  scheduling: true,
  clientContent: 'any-time',
  proactiveAudio: 'optional',
  affectiveDialog: 'optional',
  contextUpdate: false,
  audioStreamEndEndsTurn: true,
  silenceDurationMs: 'obeyed',
  unaskedOutputTranscript: false,
  interactionStatus: false
}

const LIVE_3_1: ModelRules = {
  thinkingLevel: 'optional',
  behaviors: ['BLOCKING'],
  scheduling: false,
  clientContent: 'history-only',
  proactiveAudio: 'refused',
  affectiveDialog: 'hangs',
  contextUpdate: false,
  audioStreamEndEndsTurn: true,
  silenceDurationMs: 'ignored',
  unaskedOutputTranscript: false,
  interactionStatus: false
}

const LIVE_3_8: ModelRules = {
  thinkingLevel: 'refused',
  behaviors: ['NON_BLOCKING', 'BLOCKING'],
  scheduling: true,
  clientContent: 'any-time',
  proactiveAudio: 'always-on',
  affectiveDialog: 'refused',
  contextUpdate: true,
  audioStreamEndEndsTurn: false,
  silenceDurationMs: 'obeyed',
  unaskedOutputTranscript: true,
  interactionStatus: false
}

const LIVE_3_8_EXTENDED_THINKING: ModelRules = {
  ...LIVE_3_8,
  thinkingLevel: 'required',
  behaviors: ['NON_BLOCKING'],
  proactiveAudio: 'refused',
  interactionStatus: true
}

/** The models of late 2026, as documented by Google and corrected by field reports. Any other name is not found (1008). */
export const MODEL_RULES: ReadonlyMap<string, ModelRules> = new Map([
  ['gemini-3.8-live', LIVE_3_8],
  ['gemini-3.8-live-extended-thinking', LIVE_3_8_EXTENDED_THINKING],
  ['gemini-3.1-flash-live-preview', LIVE_3_1],
  ['gemini-2.5-flash-native-audio-preview-12-2025', LIVE_2_5],
  ['gemini-2.5-flash-native-audio-latest', LIVE_2_5]
])
