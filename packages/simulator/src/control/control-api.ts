import websocket from '@fastify/websocket'
import type { FastifyInstance } from 'fastify'
import { Type, type Static } from 'typebox'
import { scenarios } from '../callers/scenarios/index.ts'
import { callees } from '../callers/scenarios/callees.ts'
import type { CalleeDesk } from './callee-desk.ts'
import type { CallDesk } from './call-desk.ts'
import { CallUnknownError } from './errors.ts'
import { holdPhone } from './hold-phone.ts'

const Text = Type.String({ minLength: 1, maxLength: 1000 })
const Wish = Type.Object({
  line: Type.String({ default: 'lender' }),
  scenario: Type.Optional(Text),
  say: Type.Optional(Text),
  interactive: Type.Optional(Type.Boolean()),
  from: Type.Optional(Text),
  to: Type.Optional(Text)
})
const Answering = Type.Object({ number: Type.String({ pattern: '^\\+[1-9][0-9]{6,14}$' }), as: Text })
type ById = { Params: { id: string } }

/** The developer's telephone: places simulated calls, shows how they stand, and hands a person the phone. Closes once the recordings are written. */
export async function controlApi (app: FastifyInstance, { desk, called }: { desk: CallDesk, called: CalleeDesk }): Promise<void> {
  await app.register(websocket, { options: { maxPayload: 64 * 1024 } })
  app.addHook('onClose', async () => await desk.close())

  app.get('/scenarios', async () => ({ scenarios: scenarios().map(({ id, line, title }) => ({ name: id, line, description: title })) }))

  app.get('/callees', async () => ({ callees: callees.map(({ id, line, title }) => ({ name: id, line, description: title })) }))

  app.post<{ Body: Static<typeof Answering> }>('/callees', { schema: { body: Answering } }, async ({ body: { number, as } }) => {
    called.answer(number, as)
    return { number, as }
  })

  app.post<{ Body: Static<typeof Wish> }>('/calls', { schema: { body: Wish } }, async ({ body }) => await desk.place(body))

  app.get<ById>('/calls/:id', async ({ params: { id } }) => {
    const state = desk.state(id)
    if (state === undefined) throw new CallUnknownError(id)
    return { callId: id, ...state }
  })

  app.get<ById>('/calls/:id/phone', {
    websocket: true,
    preValidation: async ({ params: { id } }) => { if (desk.hand(id) === undefined) throw new CallUnknownError(id) }
  }, (socket, { params: { id } }) => {
    const hand = desk.hand(id)
    if (hand === undefined) socket.close(1011)
    else holdPhone(socket, hand)
  })
}
