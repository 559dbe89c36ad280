import { AGENT_IDS, agentOf, toolOf } from '@karani/agents'
import t from 'tap'

const TOOLS = {
  courier: { trackShipment: 'read', confirmAddress: 'write', reschedule: 'write' },
  restaurant: { getMenu: 'read', addItem: 'write', applyModifier: 'write', removeItem: 'write', getTotal: 'read', placeOrder: 'write' },
  lender: { verifyIdentity: 'write', getAccount: 'read', recordPromiseToPay: 'write', startMpesaIntent: 'write', optOut: 'write' },
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
