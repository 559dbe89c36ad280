import { Type } from 'typebox'
import type { ToolContract } from './agent.ts'
import { clerk } from './clerk.ts'

export const getMenu = {
  name: 'getMenu',
  description: 'Reads the menu: dishes, what can be changed about each, prices in whole Kenya shillings, and what is sold out.',
  effect: 'read',
  parameters: Type.Object({}, { additionalProperties: false })
} satisfies ToolContract

export const getTotal = {
  name: 'getTotal',
  description: "Reads the caller's order of this call so far and its total in whole Kenya shillings.",
  effect: 'read',
  parameters: Type.Object({}, { additionalProperties: false })
} satisfies ToolContract

export const restaurant = clerk({
  id: 'restaurant',
  voice: 'Aoede',
  tools: [getMenu, getTotal],
  duties: [
    'You help hungry callers: what is on the menu, what it costs, and what can be changed about a dish.',
    'Name at most three dishes at a time, then ask. Say it when a dish is sold out, and offer one that is not.',
    'About allergies, promise nothing: offer a person.',
    'You cannot take an order: for that, offer a person.'
  ]
})
