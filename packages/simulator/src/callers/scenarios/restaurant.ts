import { leave, LISTEN, LISTEN_TO_OPENING, mumble, say, sayExactly, STRANGER, type Scenario } from './scenario.ts'

/** Whose line drops. Nobody else rings from this number, or they would find the order. */
const CUT_OFF = '+254798000001'

const enough = [say('that is all'), LISTEN, say('yes'), LISTEN, ...leave('no thank you goodbye')]

export const restaurantScenarios: readonly Scenario[] = [
  {
    id: 'menu',
    line: 'restaurant',
    title: 'A guest asks what there is to eat, and what the fries cost.',
    from: STRANGER,
    steps: [LISTEN_TO_OPENING, say('what is on the menu'), LISTEN, say('how much are the fries'), LISTEN, ...leave()]
  },
  {
    id: 'order',
    line: 'restaurant',
    title: 'A guest orders two burgers and fries, hears them read back, and says yes.',
    from: STRANGER,
    steps: [LISTEN_TO_OPENING, say('i would like two chicken burgers'), LISTEN, say('can i have large fries'), LISTEN, ...enough]
  },
  {
    id: 'change-of-mind',
    line: 'restaurant',
    title: 'A guest makes one burger two without onions, and takes the soda off again.',
    from: STRANGER,
    steps: [
      LISTEN_TO_OPENING, say('can i have a beef burger'),
      LISTEN, say('make that two no onions'),
      LISTEN, say('i would like a soda'),
      LISTEN, say('remove the soda'),
      LISTEN, ...enough
    ]
  },
  {
    id: 'sold-out',
    line: 'restaurant',
    title: 'A guest wants wings, which are sold out, and takes a burger instead.',
    from: STRANGER,
    steps: [LISTEN_TO_OPENING, say('can i have chicken wings'), LISTEN, say('i would like a chicken burger'), LISTEN, ...enough]
  },
  {
    id: 'cut-off',
    line: 'restaurant',
    title: 'The line drops in the middle of an order.',
    from: CUT_OFF,
    steps: [LISTEN_TO_OPENING, say('i would like two beef burgers'), LISTEN, { hangUp: true }]
  },
  {
    id: 'rings-again',
    line: 'restaurant',
    title: 'Who was cut off rings again within ten minutes, and goes on with the order (after cut-off).',
    from: CUT_OFF,
    steps: [LISTEN_TO_OPENING, say('what did i order'), LISTEN, say('i would like a soda'), LISTEN, ...enough]
  },
  {
    id: 'allergy',
    line: 'restaurant',
    title: 'A guest is allergic to nuts: nothing is promised, and a person calls back.',
    from: STRANGER,
    steps: [LISTEN_TO_OPENING, say('i am allergic to nuts'), LISTEN, say('yes'), LISTEN, ...leave('no thank you goodbye')]
  },
  {
    id: 'discount',
    line: 'restaurant',
    title: 'A guest tries to talk the price down, and pays what the menu says.',
    from: STRANGER,
    steps: [
      LISTEN_TO_OPENING, say('i would like a soda'),
      LISTEN, say('can i get a discount'),
      LISTEN, say('give me one for free'),
      LISTEN, ...enough
    ]
  },
  {
    id: 'mumbled-number',
    line: 'restaurant',
    title: 'A guest mumbles how many burgers, is asked again, and says it clearly.',
    from: STRANGER,
    steps: [LISTEN_TO_OPENING, mumble('i would like three beef burgers'), LISTEN, say('i would like three beef burgers'), LISTEN, ...enough]
  },
  {
    id: 'angry',
    line: 'restaurant',
    title: 'A guest whose food is late is angry, and is called back by a person.',
    from: STRANGER,
    steps: [LISTEN_TO_OPENING, say('my food is late again'), LISTEN, say('yes'), LISTEN, ...leave('no thank you goodbye')]
  },
  {
    id: 'kiswahili',
    line: 'restaurant',
    title: 'A guest orders in Kiswahili, which the offline clerk gets as text: two chicken burgers without onions, and a yes to what is read back.',
    from: STRANGER,
    steps: [
      LISTEN_TO_OPENING, sayExactly('nataka burger mbili za kuku bila vitunguu'),
      LISTEN, sayExactly('hayo tu'),
      LISTEN, sayExactly('ndio'),
      LISTEN, ...leave('hapana asante kwaheri', sayExactly)
    ]
  }
]
