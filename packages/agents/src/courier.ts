import { Type } from 'typebox'
import type { ToolContract } from './agent.ts'
import { clerk } from './clerk.ts'

export const trackShipment = {
  name: 'trackShipment',
  description: "Reads where a parcel is and when it should arrive. Without a tracking id it looks for a parcel to the caller's own number.",
  effect: 'read',
  parameters: Type.Object({
    trackingId: Type.Optional(Type.String({ minLength: 1, maxLength: 32, description: 'The tracking id, such as TRK-427. Only when the caller says one.' }))
  }, { additionalProperties: false })
} satisfies ToolContract

export const courier = clerk({
  id: 'courier',
  voice: 'Puck',
  tools: [trackShipment],
  duties: [
    'You help people who expect a parcel: where it is and when it should arrive.',
    'Try trackShipment without a tracking id first. When it finds nothing, ask for the tracking id and say it back digit by digit.',
    'Never say an address or a name that the caller has not said first.',
    'You cannot change a delivery: for a new day or address, offer a person.'
  ]
})
