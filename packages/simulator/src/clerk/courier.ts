import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import type { Clerk, Move } from './clerk.ts'
import { offerPerson } from './shared-rules.ts'
import { NUMBER_SLOTS, readDigits } from './spoken-numbers.ts'

const Shipment = Type.Object({ found: Type.Literal(true), status: Type.String(), etaSpoken: Type.String() })

const NOT_CHANGED_HERE = offerPerson('I cannot change a delivery.')
const ASK_NUMBER: Move = { say: 'I find no such parcel. What is the tracking number?', expect: 'tracking' }

export function courierClerk (): Clerk {
  const track = (tracking?: string): Move => {
    const digits = tracking?.replace(/^t r k /, '')
    return { call: { name: 'trackShipment', args: digits === undefined ? {} : { trackingId: `TRK-${readDigits(digits)}` } }, expect: 'open' }
  }

  return {
    slots: { ...NUMBER_SLOTS, tracking: '[t r k] <digit> <digit> <digit>', parcel: '(parcel | package | delivery)' },
    hint: 'You can ask where your parcel is, or tell me its tracking number.',
    stages: {
      open: [
        {
          when: ['where is my <parcel>', 'when will my <parcel> (come | arrive)', 'i am waiting for (my | a) <parcel>', '[i want to] track my <parcel>'],
          then: () => track()
        },
        {
          when: ['(where is | [i want to] track) [<parcel>] [number] <tracking>', '[my | the] tracking number [is] <tracking>'],
          then: (heard) => track(heard.tracking)
        },
        { when: ['(can you | i want to) change (the | my) (address | delivery)', '(can you | please) deliver it tomorrow'], then: () => NOT_CHANGED_HERE }
      ],
      tracking: [
        { when: ['[it is | the number is] <tracking>'], then: (heard) => track(heard.tracking) },
        { when: ['i do not know', 'i do not have it'], then: () => offerPerson('Without it I cannot find your parcel.') }
      ]
    },
    results: {
      trackShipment: (result) => {
        if ('error' in result) return null
        return Value.Check(Shipment, result.output) ? { say: progress(result.output) } : ASK_NUMBER
      }
    }
  }
}

function progress ({ status, etaSpoken }: Static<typeof Shipment>): string {
  switch (status) {
    case 'delivered': return `Your parcel was delivered ${etaSpoken}.`
    case 'at depot': return `Your parcel is at our depot. It should arrive ${etaSpoken}.`
    default: return `Your parcel is ${status}. It should arrive ${etaSpoken}.`
  }
}
