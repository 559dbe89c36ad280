import type { FastifyInstance } from 'fastify'
import { Type, type Static } from 'typebox'
import { DARAJA_MODES, darajaModes, type SimulatedDaraja } from '../daraja/index.ts'

const Wish = Type.Object({ mode: Type.Enum(DARAJA_MODES) })

/** The developer's hand on the simulated M-Pesa: how it and the person behave from the next push on, and what phones were asked. */
export async function mpesaRoutes (app: FastifyInstance, { daraja }: { daraja: SimulatedDaraja }): Promise<void> {
  app.get('/mpesa', async () => ({
    modes: DARAJA_MODES,
    pushes: daraja.pushes.map(({ at, amountKes, accountReference, result, isPaid, receipt }) => ({ at, amountKes, accountReference, result, receipt: isPaid ? receipt : null }))
  }))

  app.post<{ Body: Static<typeof Wish> }>('/mpesa', { schema: { body: Wish } }, async ({ body: { mode } }) => {
    daraja.behave(darajaModes[mode])
    return { mode }
  })
}
