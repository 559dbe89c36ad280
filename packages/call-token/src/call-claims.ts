import { Type, type Static } from 'typebox'
import { AGENT_IDS } from '@karani/agents'

/** What a call token vouches for. Signed by media-gateway, believed by tools-service for 60 s. */
export const CallClaims = Type.Object({
  callId: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }),
  agent: Type.Enum(AGENT_IDS),
  /** E.164, or null for a withheld number: a candidate, never a proof. */
  caller: Type.Union([Type.String(), Type.Null()]),
  /** Why we called, and about which account or parcel; absent when the person did. */
  outreach: Type.Optional(Type.Object({ purpose: Type.Enum(['reminder', 'collection', 'delivery']), subject: Type.String() })),
  /** How many turns the caller has finished. A proposal is confirmed only in a later turn than it was made in. */
  callerTurn: Type.Integer({ minimum: 0 })
})
export type CallClaims = Readonly<Static<typeof CallClaims>>
