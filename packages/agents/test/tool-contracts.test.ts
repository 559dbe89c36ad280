import { AGENT_IDS, agentOf } from '@karani/agents'
import t from 'tap'
import { Compile } from 'typebox/compile'

const contracts = new Map(AGENT_IDS.flatMap(id => agentOf(id).tools).map(tool => [tool.name, tool]))

const ACCEPTED: Record<string, object[]> = {
  verifyIdentity: [{ nationalIdLast4: '0821', birthYear: 1990 }, { accountId: 'LN-1001', nationalIdLast4: '4821', birthYear: 1990 }],
  getAccount: [{}],
  recordPromiseToPay: [{ amount: 500, payBy: '2026-11-27' }, { amount: 500, payBy: 'kesho', confirm: 'p-1' }],
  startMpesaIntent: [{ amount: 500 }, { amount: 500, confirm: 'p-1' }],
  optOut: [{}, { scope: 'calls' }, { scope: 'all' }],
  trackShipment: [{}, { trackingId: 'TRK-427' }],
  confirmAddress: [{ trackingId: 'TRK-427', recipientName: 'Amina Wanjiru' }],
  reschedule: [
    { trackingId: 'TRK-427' }, { trackingId: 'T R K four two seven', recipientName: 'Amina Wanjiru', newDate: 'kesho', address: 'Westlands, opposite the petrol station' },
    { trackingId: 'TRK-427', newDate: 'Friday', confirm: 'p-1' }
  ],
  getMenu: [{}],
  addItem: [{ name: 'two chicken burgers' }, { name: 'soda', quantity: 20 }],
  applyModifier: [{ item: 'that', modifier: 'no onions' }],
  removeItem: [{ item: 'soda' }, { item: 'soda', quantity: 1 }],
  getTotal: [{}],
  placeOrder: [{}, { confirm: 'p-1' }],
  answerQuestion: [{ question: 'When do you open?' }],
  whomWeCall: [{}],
  callMeLater: [{ when: 'after five' }, { wish: 'not-now' }, { wish: 'call', when: 'kesho saa mbili asubuhi' }],
  escalate: [{ reason: 'wants a person' }, { reason: 'wants a person', summary: 'Asks about an invoice.' }],
  endCall: [{}, { reason: 'done' }]
}

const REFUSED: Record<string, object[]> = {
  verifyIdentity: [{ nationalIdLast4: '482', birthYear: 1990 }, { nationalIdLast4: 4821, birthYear: 1990 }, { nationalIdLast4: '4821', birthYear: 90 }, { nationalIdLast4: '4821' }],
  recordPromiseToPay: [{ amount: 500.5, payBy: 'Friday' }, { amount: 0, payBy: 'Friday' }, { amount: -1, payBy: 'Friday' }, { amount: '500', payBy: 'Friday' }, { amount: 500, payBy: '' }],
  startMpesaIntent: [{}, { amount: 0 }, { amount: 0.5 }, { amount: '500' }, { amount: 500, phone: '+254712345678' }],
  optOut: [{ scope: 'reminders' }, { scope: '' }],
  trackShipment: [{ trackingId: '' }],
  confirmAddress: [{ trackingId: 'TRK-427' }, { recipientName: 'Amina Wanjiru' }, { trackingId: 'TRK-427', recipientName: '' }, { trackingId: 'TRK-427', recipientName: 'x'.repeat(81) }],
  reschedule: [{ newDate: 'Friday' }, { trackingId: 'TRK-427', newDate: '' }, { trackingId: 'TRK-427', address: 'x' }, { trackingId: 'TRK-427', address: 'x'.repeat(201) }],
  addItem: [{}, { name: '' }, { name: 'soda', quantity: 0 }, { name: 'soda', quantity: 21 }, { name: 'soda', quantity: 1.5 }, { name: 'x'.repeat(121) }],
  applyModifier: [{ item: 'soda' }, { modifier: 'large' }],
  removeItem: [{}, { item: 'soda', quantity: -1 }],
  placeOrder: [{ confirm: '' }, { confirm: 1 }],
  callMeLater: [{ wish: 'never' }, { when: '' }, { when: 'x'.repeat(81) }],
  answerQuestion: [{}, { question: 'x'.repeat(501) }],
  escalate: [{}, { reason: 'x'.repeat(201) }]
}

t.strictSame([...contracts.keys()].sort(), Object.keys(ACCEPTED).sort(), 'the examples below cover every tool')

for (const [name, { description, parameters }] of contracts) {
  t.test(`${name} takes the arguments it names and no others`, async (t) => {
    const validator = Compile(parameters)
    for (const args of ACCEPTED[name] ?? []) {
      t.ok(validator.Check(args), JSON.stringify(args))
      t.notOk(validator.Check({ ...args, phone: '+254712345678' }), 'an extra argument')
    }
    for (const args of REFUSED[name] ?? []) t.notOk(validator.Check(args), JSON.stringify(args).slice(0, 60))
  })

  t.test(`${name} can be declared to a model`, async (t) => {
    t.match(name, /^[A-Za-z_][\w.:-]{0,127}$/)
    t.ok(description.length <= 300, 'short enough to be followed')
    for (const [argument, schema] of Object.entries(parameters.properties)) {
      t.type((schema as { description?: string }).description, 'string', `${argument} is described`)
      t.type((schema as { type?: string }).type, 'string', `${argument} has a type: models refuse one without`)
    }
  })
}

t.test('only verifyIdentity takes an account, and what binds a caller needs a confirmation', async (t) => {
  const taking = (argument: string): string[] => [...contracts.values()].filter(tool => argument in tool.parameters.properties).map(tool => tool.name)
  t.strictSame(taking('accountId'), ['verifyIdentity'])
  t.strictSame(taking('confirm'), ['recordPromiseToPay', 'startMpesaIntent', 'reschedule', 'placeOrder'])
})
