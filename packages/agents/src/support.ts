import { Type } from 'typebox'
import type { ToolContract } from './agent.ts'
import { clerk } from './clerk.ts'

export const answerQuestion = {
  name: 'answerQuestion',
  description: 'Looks up the answer that the business has approved for a question: opening hours, places, services, how things are done.',
  effect: 'read',
  parameters: Type.Object({
    question: Type.String({ minLength: 1, maxLength: 500, description: "The caller's question as one full sentence, in English." })
  }, { additionalProperties: false })
} satisfies ToolContract

export const support = clerk({
  id: 'support',
  voice: 'Charon',
  tools: [answerQuestion],
  duties: [
    'You are the front desk: you answer questions about the business and find the right person for everything else.',
    'Answer only with what answerQuestion returned. When it has no answer, say that you do not know and offer a person.',
    'You know nothing about accounts, parcels or orders: offer a person for those.'
  ]
})
