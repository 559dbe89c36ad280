import { Type } from 'typebox'
import type { ToolContract } from './agent.ts'

export const optOut = {
  name: 'optOut',
  description: 'Stops calls to the caller from now on. Needs no identity check and no second question: call it as soon as the caller wants no more calls, and tell them what the result says.',
  effect: 'write',
  parameters: Type.Object({
    scope: Type.Optional(Type.Enum(['calls', 'all'], { type: 'string', description: "'calls', the default: no automated call any more. 'all': no message either, when the caller wants to hear nothing at all." }))
  }, { additionalProperties: false })
} satisfies ToolContract
