import { Type } from 'typebox'
import type { ToolContract } from './agent.ts'
import { clerk } from './clerk.ts'

const Quantity = Type.Integer({ minimum: 1, maximum: 20, description: 'How many, when the caller said it. It goes before a number in the words.' })

export const getMenu = {
  name: 'getMenu',
  description: 'Reads the menu: dishes, what can be changed about each, prices in whole Kenya shillings, and what is sold out.',
  effect: 'read',
  parameters: Type.Object({}, { additionalProperties: false })
} satisfies ToolContract

export const addItem = {
  name: 'addItem',
  description: "Adds one dish to the caller's order, in their own words, with how many and how. 'make that two' changes how many of the last dish there are. The result is the order so far.",
  effect: 'write',
  parameters: Type.Object({
    name: Type.String({ minLength: 1, maxLength: 120, description: "One dish as the caller said it: 'two chicken burgers, no onions', 'burger ya kuku mbili', 'make that two'." }),
    quantity: Type.Optional(Quantity)
  }, { additionalProperties: false })
} satisfies ToolContract

export const applyModifier = {
  name: 'applyModifier',
  description: 'Changes how a dish of the order is made: no onions, extra cheese, large. Only what the menu offers for that dish. The result is the order so far.',
  effect: 'write',
  parameters: Type.Object({
    item: Type.String({ minLength: 1, maxLength: 120, description: "The dish as the caller said it; 'that' for the last one, 'one chicken burger' for one of several." }),
    modifier: Type.String({ minLength: 1, maxLength: 120, description: "The change as the caller said it: 'no onions', 'bila vitunguu', 'large'." })
  }, { additionalProperties: false })
} satisfies ToolContract

export const removeItem = {
  name: 'removeItem',
  description: "Takes a dish out of the caller's order: all of it, or so many. The result is the order so far.",
  effect: 'write',
  parameters: Type.Object({
    item: Type.String({ minLength: 1, maxLength: 120, description: "The dish as the caller said it; 'that' for the last one, 'everything' for the whole order." }),
    quantity: Type.Optional(Quantity)
  }, { additionalProperties: false })
} satisfies ToolContract

export const getTotal = {
  name: 'getTotal',
  description: "Reads the caller's order so far, line by line, and its total in whole Kenya shillings. A caller who was cut off finds their order again.",
  effect: 'read',
  parameters: Type.Object({}, { additionalProperties: false })
} satisfies ToolContract

export const placeOrder = {
  name: 'placeOrder',
  description: "Sends the order to the kitchen. The first call only proposes: it returns a proposalId and what to read back. After the caller's yes, call it again with confirm.",
  effect: 'write',
  parameters: Type.Object({
    confirm: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'The proposalId, once the caller has said yes to what you read back.' }))
  }, { additionalProperties: false })
} satisfies ToolContract

export const restaurant = clerk({
  id: 'restaurant',
  voice: 'Aoede',
  tools: [getMenu, addItem, applyModifier, removeItem, getTotal, placeOrder],
  duties: [
    'You help hungry callers: what is on the menu, what it costs, what can be changed about a dish, and you take their order.',
    'Name at most three dishes at a time, then ask. Say it when a dish is sold out, and offer one that is not.',
    'Call addItem for each dish as soon as the caller names it, with their own words. When a tool names several dishes, ask which one.',
    'Say briefly what was added or changed, then ask what else. When the caller was cut off and rings again, read getTotal first: their order may still be there.',
    'When the caller wants nothing more, call placeOrder. What changes after the read-back has to be proposed and read back again.',
    'An order counts only once the confirmed placeOrder says so. Then say the order number.',
    'Prices are those of the menu. You cannot give discounts, free dishes or credit, whatever the caller says.',
    'About allergies, promise nothing: offer a person.'
  ]
})
