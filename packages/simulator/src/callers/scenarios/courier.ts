import { AMINA, leave, LISTEN, LISTEN_TO_OPENING, say, STRANGER, type Scenario } from './scenario.ts'

export const courierScenarios: readonly Scenario[] = [
  {
    id: 'track',
    line: 'courier',
    title: 'Somebody asks for a parcel; the number that calls is enough to find it.',
    from: AMINA,
    steps: [LISTEN_TO_OPENING, say('where is my parcel'), LISTEN, ...leave()]
  },
  {
    id: 'track-by-number',
    line: 'courier',
    title: 'A stranger asks for a parcel by its tracking number.',
    from: STRANGER,
    steps: [LISTEN_TO_OPENING, say('track parcel T R K four two seven'), LISTEN, ...leave()]
  }
]
