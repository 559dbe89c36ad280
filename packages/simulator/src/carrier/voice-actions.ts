import { Type, type Static, type TObject, type TProperties } from 'typebox'

const Closed = <P extends TProperties> (properties: P): TObject<P> => Type.Object(properties, { additionalProperties: false })
const Text = Type.String({ minLength: 1 })
const Url = Type.String({ pattern: '^https?://' })
const Number = Type.String({ pattern: '^\\+[1-9][0-9]{6,14}$' })
const Seconds = Type.Number({ minimum: 0, maximum: 3600 })
const Rate = Type.Union([Type.Literal(8000), Type.Literal(16000)])

const Say = Closed({ text: Text, voice: Type.Optional(Text), language: Type.Optional(Text), loop: Type.Optional(Type.Integer({ minimum: 0 })) })
const Play = Closed({ url: Url, loop: Type.Optional(Type.Integer({ minimum: 0 })) })
const Prompt = Type.Union([Closed({ say: Say }), Closed({ play: Play })])

/** What a voice document may ask for, by verb. The carrier also knows `aiAgent`, `dial.sip` and GET as a method: not simulated. */
export const VERBS = {
  say: Say,
  play: Play,
  getDigits: Closed({
    timeout: Type.Optional(Seconds),
    numDigits: Type.Optional(Type.Integer({ minimum: 0 })),
    finishOnKey: Type.Optional(Type.String({ maxLength: 1 })),
    nested: Type.Optional(Type.Array(Prompt))
  }),
  /** Exactly one of `number` and `numbers`. */
  dial: Closed({
    number: Type.Optional(Number),
    numbers: Type.Optional(Type.Array(Number, { minItems: 1 })),
    callerId: Type.Optional(Number),
    timeout: Type.Optional(Seconds),
    record: Type.Optional(Type.Union([Type.Boolean(), Type.Literal('record-from-answer'), Type.Literal('record-from-ringing')]))
  }),
  conference: Closed({
    name: Text,
    flags: Type.Optional(Text),
    maxParticipants: Type.Optional(Type.Integer({ minimum: 1 })),
    record: Type.Optional(Type.Boolean()),
    beep: Type.Optional(Type.Boolean()),
    muted: Type.Optional(Type.Boolean()),
    startOnEnter: Type.Optional(Type.Boolean()),
    endOnExit: Type.Optional(Type.Boolean()),
    waitUrl: Type.Optional(Url),
    statusEventsCallbackUrl: Type.Optional(Url),
    statusEvents: Type.Optional(Text)
  }),
  record: Closed({
    action: Type.Optional(Url),
    method: Type.Optional(Type.Literal('POST')),
    timeout: Type.Optional(Seconds),
    maxLength: Type.Optional(Seconds),
    finishOnKey: Type.Optional(Type.String({ maxLength: 1 })),
    transcribe: Type.Optional(Type.Boolean()),
    transcribeCallback: Type.Optional(Url),
    playBeep: Type.Optional(Type.Boolean()),
    trim: Type.Optional(Text)
  }),
  /** The URL may be relative to the one that the document came from. */
  redirect: Closed({ url: Text, method: Type.Optional(Type.Literal('POST')) }),
  reject: Closed({ reason: Type.Optional(Type.Union([Type.Literal('rejected'), Type.Literal('busy')])) }),
  hangup: Closed({}),
  stream: Closed({
    url: Type.String({ pattern: '^wss?://' }),
    name: Type.Optional(Text),
    track: Type.Optional(Type.Union([Type.Literal('inbound_track'), Type.Literal('outbound_track'), Type.Literal('both_tracks')])),
    connect: Type.Optional(Type.Boolean()),
    outputSamplingRate: Type.Optional(Rate),
    inputSamplingRate: Type.Optional(Type.Integer()),
    bidirectionalSamplingRate: Type.Optional(Type.Integer({ minimum: 8000, maximum: 48_000 })),
    headerMetadata: Type.Optional(Text),
    openMetadata: Type.Optional(Text),
    statusCallback: Type.Optional(Url),
    statusEvents: Type.Optional(Text)
  })
}

export type VerbName = keyof typeof VERBS
export type Arguments<V extends VerbName> = Static<typeof VERBS[V]>
/** One action, such as `{ verb: 'say', text: 'Karibu' }`. */
export type Verb = { [V in VerbName]: { verb: V } & Arguments<V> }[VerbName]
export type VerbOf<V extends VerbName> = Extract<Verb, { verb: V }>
