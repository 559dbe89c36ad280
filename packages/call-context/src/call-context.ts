import { Type, type Static } from 'typebox'
import { CarrierFact, type FactState } from '@karani/call-model'

/** What every service may know about a live call. Lives in Redis for a day; holds no business fact. */
export const CallContext = Type.Object({
  /** The carrier's identity of the call: `HD_...` or a UUID; `[A-Za-z0-9_-]{1,64}`. */
  callId: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }),
  direction: Type.Union([Type.Literal('inbound'), Type.Literal('outbound')]),
  agent: Type.Union([Type.Literal('lender'), Type.Literal('courier'), Type.Literal('restaurant'), Type.Literal('support')]),
  /** Our number, E.164. */
  line: Type.String(),
  businessName: Type.String(),
  /** The person's number, E.164; null when withheld. Selects a candidate record, proves nothing. */
  caller: Type.Union([Type.String(), Type.Null()]),
  language: Type.Union([Type.Literal('en-KE'), Type.Literal('sw-KE')]),
  clientRequestId: Type.Optional(Type.String()),
  /** Why we called; absent when the person did. */
  outreach: Type.Optional(Type.Object({
    purpose: Type.Enum(['reminder', 'collection', 'delivery']),
    /** The account or the parcel that it is about. Known to the services only: the clerk says nothing of it to whoever is not verified. */
    subject: Type.String()
  })),
  /** What the carrier said of the call when it first asked for a document; absent until it has asked. */
  firstState: Type.Optional(Type.Unsafe<FactState>(CarrierFact.properties.state)),
  /** Where the carrier finds the document of a hand-off: a URL of ours that is sealed for this call. Absent until it has asked. */
  handOffUrl: Type.Optional(Type.String()),
  /** What the carrier said of the call when it first came there. */
  handOffState: Type.Optional(Type.Unsafe<FactState>(CarrierFact.properties.state)),
  openedAt: Type.String()
})
export type CallContext = Static<typeof CallContext>
