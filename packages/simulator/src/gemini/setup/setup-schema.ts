import { Type, type Static } from 'typebox'
import { Content, Tool } from '../messages/content-schemas.ts'

/** 64-bit integers travel as strings. */
export const Int64 = Type.String({ format: 'int64' })

const SpeechConfig = Type.Object({
  voiceConfig: Type.Optional(Type.Object({
    prebuiltVoiceConfig: Type.Optional(Type.Object({ voiceName: Type.Optional(Type.String()) })),
    replicatedVoiceConfig: Type.Optional(Type.Record(Type.String(), Type.Unknown()))
  })),
  languageCode: Type.Optional(Type.String())
})

const GenerationConfig = Type.Object({
  responseModalities: Type.Optional(Type.Array(Type.Enum(['AUDIO', 'TEXT', 'IMAGE']))),
  temperature: Type.Optional(Type.Number()),
  topP: Type.Optional(Type.Number()),
  topK: Type.Optional(Type.Number()),
  maxOutputTokens: Type.Optional(Type.Integer()),
  candidateCount: Type.Optional(Type.Integer()),
  presencePenalty: Type.Optional(Type.Number()),
  frequencyPenalty: Type.Optional(Type.Number()),
  seed: Type.Optional(Type.Integer()),
  mediaResolution: Type.Optional(Type.Enum(['MEDIA_RESOLUTION_LOW', 'MEDIA_RESOLUTION_MEDIUM', 'MEDIA_RESOLUTION_HIGH'])),
  speechConfig: Type.Optional(SpeechConfig),
  thinkingConfig: Type.Optional(Type.Object({
    thinkingBudget: Type.Optional(Type.Integer()),
    thinkingLevel: Type.Optional(Type.Enum(['MINIMAL', 'LOW', 'MEDIUM', 'HIGH'])),
    includeThoughts: Type.Optional(Type.Boolean())
  })),
  enableAffectiveDialog: Type.Optional(Type.Boolean()),
  translationConfig: Type.Optional(Type.Record(Type.String(), Type.Unknown()))
})

const RealtimeInputConfig = Type.Object({
  automaticActivityDetection: Type.Optional(Type.Object({
    disabled: Type.Optional(Type.Boolean()),
    startOfSpeechSensitivity: Type.Optional(Type.Enum(['START_SENSITIVITY_HIGH', 'START_SENSITIVITY_LOW'])),
    endOfSpeechSensitivity: Type.Optional(Type.Enum(['END_SENSITIVITY_HIGH', 'END_SENSITIVITY_LOW'])),
    prefixPaddingMs: Type.Optional(Type.Integer()),
    silenceDurationMs: Type.Optional(Type.Integer())
  })),
  activityHandling: Type.Optional(Type.Enum(['START_OF_ACTIVITY_INTERRUPTS', 'NO_INTERRUPTION'])),
  turnCoverage: Type.Optional(Type.Enum(['TURN_INCLUDES_ONLY_ACTIVITY', 'TURN_INCLUDES_ALL_INPUT', 'TURN_INCLUDES_AUDIO_ACTIVITY_AND_ALL_VIDEO']))
})

const Transcription = Type.Object({
  languageCodes: Type.Optional(Type.Array(Type.String())),
  customVocabulary: Type.Optional(Type.Array(Type.Unknown())),
  wordTimestamp: Type.Optional(Type.Boolean()),
  diarization: Type.Optional(Type.Boolean()),
  mode: Type.Optional(Type.Enum(['VERBATIM', 'SMART'])),
  languageHints: Type.Optional(Type.Array(Type.String())),
  adaptationPhrases: Type.Optional(Type.Array(Type.Unknown()))
})

/** `setup` as the Developer API takes it, nested as on the wire. What is not in here (`toolConfig`, Vertex fields) is an unknown name. */
export const SetupMessage = Type.Object({
  model: Type.Optional(Type.String()),
  generationConfig: Type.Optional(GenerationConfig),
  systemInstruction: Type.Optional(Content),
  tools: Type.Optional(Type.Array(Tool)),
  realtimeInputConfig: Type.Optional(RealtimeInputConfig),
  sessionResumption: Type.Optional(Type.Object({ handle: Type.Optional(Type.String()) })),
  contextWindowCompression: Type.Optional(Type.Object({
    triggerTokens: Type.Optional(Int64),
    slidingWindow: Type.Optional(Type.Object({ targetTokens: Type.Optional(Int64) }))
  })),
  inputAudioTranscription: Type.Optional(Transcription),
  outputAudioTranscription: Type.Optional(Transcription),
  proactivity: Type.Optional(Type.Object({ proactiveAudio: Type.Optional(Type.Boolean()), proactiveVideo: Type.Optional(Type.Boolean()) })),
  historyConfig: Type.Optional(Type.Object({ initialHistoryInClientContent: Type.Optional(Type.Boolean()) })),
  safetySettings: Type.Optional(Type.Array(Type.Object({ category: Type.Optional(Type.String()), threshold: Type.Optional(Type.String()) }))),
  labels: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  avatarConfig: Type.Optional(Type.Record(Type.String(), Type.Unknown()))
})
export type SetupMessage = Static<typeof SetupMessage>
