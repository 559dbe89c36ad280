import { Type } from 'typebox'
import type { ToolContract } from './agent.ts'

export const escalate = {
  name: 'escalate',
  description: 'Hands the caller to a person of the team. Use it when the caller asks for a person, is upset, or needs what you cannot do. Tell the caller what the result says.',
  effect: 'write',
  parameters: Type.Object({
    reason: Type.String({ minLength: 1, maxLength: 200, description: 'Why, in a few words. It begins with the plain word where one fits: dispute, hardship, wrong party, minor.' }),
    summary: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000, description: 'What the person should know, so that the caller need not say it again.' }))
  }, { additionalProperties: false })
} satisfies ToolContract

export const endCall = {
  name: 'endCall',
  description: 'Hangs up. Use it once, right after your goodbye, when the caller needs nothing more.',
  effect: 'write',
  parameters: Type.Object({
    reason: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'How the call ended, in a few words.' }))
  }, { additionalProperties: false })
} satisfies ToolContract
