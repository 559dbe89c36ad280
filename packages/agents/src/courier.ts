import { Type } from 'typebox'
import type { ToolContract } from './agent.ts'
import { clerk } from './clerk.ts'
import { optOut } from './opt-out.ts'

const TrackingId = { minLength: 1, maxLength: 32 }
const RecipientName = Type.String({ minLength: 1, maxLength: 80, description: 'First and last name of the recipient, as the caller said it. Never a name that you know from elsewhere.' })

export const trackShipment = {
  name: 'trackShipment',
  description: "Reads where a parcel is and when it should arrive. Without a tracking id it looks for a parcel to the caller's own number.",
  effect: 'read',
  parameters: Type.Object({
    trackingId: Type.Optional(Type.String({ ...TrackingId, description: 'The tracking id, such as TRK-427. Only when the caller says one.' }))
  }, { additionalProperties: false })
} satisfies ToolContract

export const confirmAddress = {
  name: 'confirmAddress',
  description: "Checks that the caller knows a parcel's tracking id and its recipient's name, and then tells the address it goes to. The result says confirmed or not, never what was wrong.",
  effect: 'write',
  parameters: Type.Object({
    trackingId: Type.String({ ...TrackingId, description: 'The tracking id, as the caller said it.' }),
    recipientName: RecipientName
  }, { additionalProperties: false })
} satisfies ToolContract

export const reschedule = {
  name: 'reschedule',
  description: "Moves a delivery to another day, another address, or both. The first call only proposes: it returns a proposalId and what to read back. After the caller's yes, call it again with the same values and confirm.",
  effect: 'write',
  parameters: Type.Object({
    trackingId: Type.String({ ...TrackingId, description: 'The tracking id, as the caller said it.' }),
    recipientName: Type.Optional(RecipientName),
    newDate: Type.Optional(Type.String({ minLength: 1, maxLength: 60, description: "The new day: an ISO date, or the caller's own words, such as 'Friday' or 'kesho'." })),
    address: Type.Optional(Type.String({ minLength: 3, maxLength: 200, description: "The new address in the caller's own words, landmarks included." })),
    confirm: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'The proposalId, once the caller has said yes to what you read back.' }))
  }, { additionalProperties: false })
} satisfies ToolContract

export const courier = clerk({
  id: 'courier',
  voice: 'Puck',
  tools: [trackShipment, confirmAddress, reschedule, optOut],
  firstLook: trackShipment,
  duties: [
    'You help people who expect a parcel: where it is, when it should arrive, and to have it brought on another day or to another address.',
    'Try trackShipment without a tracking id first. When it finds nothing, ask for the tracking id and say it back digit by digit.',
    "Before you tell an address or move a delivery, ask for the tracking id and for the recipient's first and last name, and pass both. After confirmAddress has confirmed, reschedule needs the name no more.",
    'When they are not confirmed, say only that the tracking number and the name do not go together. Never say which was wrong, and never say a name that the caller has not said.',
    'Say no address but the one that confirmAddress told or that the caller has just given. Take a new address as the caller says it, landmarks included.',
    'Which days are possible, only reschedule knows. When it refuses a day, offer the one that it names.',
    'When the caller wants no more calls, call optOut at once, whoever they are, and do not argue.'
  ],
  calling: [
    'We call because a parcel is on its way. Give no reason for the call until somebody has said that it is that person, or speaks for them.',
    'Then call trackShipment without a tracking id, say how far the parcel is and when it should arrive, and ask whether somebody will be there. When nobody will, offer another day.'
  ]
})
