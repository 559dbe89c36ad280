import { AGENT_IDS, agentOf, callOpening, pleaseCall, toolOf, toolsIn } from '@karani/agents'
import t from 'tap'

const TOOLS = {
  courier: { trackShipment: 'read', confirmAddress: 'write', reschedule: 'write', optOut: 'write', whomWeCall: 'read', callMeLater: 'write' },
  restaurant: { getMenu: 'read', addItem: 'write', applyModifier: 'write', removeItem: 'write', getTotal: 'read', placeOrder: 'write' },
  lender: { verifyIdentity: 'write', getAccount: 'read', recordPromiseToPay: 'write', startMpesaIntent: 'write', optOut: 'write', whomWeCall: 'read', callMeLater: 'write' },
  support: { answerQuestion: 'read' }
} as const

for (const id of AGENT_IDS) {
  t.test(`the ${id} clerk has its own tools, a way to a person and a way to hang up`, async (t) => {
    const effects = Object.fromEntries(agentOf(id).tools.map(({ name, effect }) => [name, effect]))
    t.strictSame(effects, { ...TOOLS[id], escalate: 'write', endCall: 'write' })
    t.equal(agentOf(id).id, id)
  })

  t.test(`the ${id} clerk opens with the business and with being an automated assistant`, async (t) => {
    const opening = agentOf(id).opening('Tumaini Credit')
    t.match(opening, /Tumaini Credit/)
    t.match(opening, /automated assistant/)
    t.ok(opening.split(' ').length <= 18, 'a few seconds of speech')
  })
}

t.test('every clerk has a voice of its own', async (t) => {
  t.equal(new Set(AGENT_IDS.map(id => agentOf(id).voice)).size, AGENT_IDS.length)
})

t.test("one clerk's tools are unknown to another, and so are names that objects inherit", async (t) => {
  t.equal(toolOf(agentOf('lender'), 'getAccount')?.name, 'getAccount')
  t.equal(toolOf(agentOf('courier'), 'getAccount'), undefined)
  t.equal(toolOf(agentOf('lender'), 'constructor'), undefined)
})

t.test('whom to ask for is a tool of calls that the business placed', async (t) => {
  const has = (call: { outreach?: object }): boolean => toolsIn(agentOf('lender'), call).some(({ name }) => name === 'whomWeCall')
  t.ok(has({ outreach: {} }))
  t.notOk(has({}))
})

t.test('who is called hears who calls, that it is a machine, and no word of why; a message leaves the number besides', async (t) => {
  const DEBT = /loan|debt|pay|owe|due|overdue|arrears|balance|collect|amount|shilling|deni|mkopo|lip|Amina/i
  for (const language of ['en-KE', 'sw-KE'] as const) {
    const [opening, message] = [callOpening('Tumaini Limited', language), pleaseCall('Tumaini Limited', '+254711000001', language)]
    t.match(opening, /Tumaini Limited.+Karani/)
    t.match(message, /Tumaini Limited.+2 5 4, 7 1 1, 0 0 0, 0 0 1/)
    for (const said of [opening, message]) t.notMatch(said, DEBT)
  }
  t.match(callOpening('x', 'en-KE'), /automated assistant/)
})
