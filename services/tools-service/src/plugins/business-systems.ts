import fp from 'fastify-plugin'
import { httpCourier, httpLending, httpRestaurant } from '@karani/business-systems'
import type { CallClaims } from '@karani/call-token'
import { Counter } from '@karani/plugin-health'
import type { SystemName } from '@karani/records'
import { AccountCopies, MenuCopy, ParcelCopies } from '@karani/system-copies'
import type { FastifyInstance } from 'fastify'
import type { SystemsConfig } from '../config.ts'
import { faultOf } from '../fault.ts'
import { EffectTeller } from '../systems/effect-teller.ts'
import { factsNeeded } from '../systems/facts-needed.ts'

declare module 'fastify' {
  interface FastifyInstance {
    businessSystems: {
      /** Asks the system that is the truth of what this tool is about, if there is one. @throws SystemUnavailableError */
      refresh (tool: string, args: object, claims: CallClaims): Promise<void>
      /** Tells what waits to be told, soon. */
      tell (): void
      /** Resolves when what is due now was told, or tried in vain. */
      told (): Promise<void>
    }
  }
}

export interface BusinessSystemsOptions { readonly systems: SystemsConfig, readonly now: () => Date }

const EVERY_MS = 1_000

/** A restaurant's till hears of orders by the kitchen's webhook. */
export const systemsToTell = ({ lending, courier }: SystemsConfig): ReadonlySet<SystemName> =>
  new Set([...lending === null ? [] : ['lending' as const], ...courier === null ? [] : ['courier' as const]])

/** Adds `app.businessSystems`. On close, what is being told is told. */
async function businessSystems (app: FastifyInstance, { systems, now }: BusinessSystemsOptions): Promise<void> {
  const { records, log, metrics } = app
  const lending = systems.lending && httpLending(systems.lending)
  const courier = systems.courier && httpCourier(systems.courier)
  const accounts = new AccountCopies(lending, records, now)
  const parcels = courier && new ParcelCopies(courier, records, now)
  const menu = systems.restaurant && new MenuCopy(httpRestaurant(systems.restaurant), records, now)

  const effects = new Counter({ name: 'karani_system_effects_total', help: "What the business's own systems were told, by what became of it.", labelNames: ['system', 'outcome'], registers: [metrics] })
  const fault = (effectId: string | undefined, err: unknown): void => log.warn({ effectId, fault: faultOf(err), reason: (err as { reason?: string }).reason }, "a business's system was not told")
  const teller = new EffectTeller({ records, lending, courier, now, count: (system, outcome) => effects.inc({ system, outcome }), fault })
  const isAnybodyToTell = systemsToTell(systems).size > 0
  let telling: Promise<void> = Promise.resolve()
  let waiting = false
  const told = async (): Promise<void> => {
    if (waiting || !isAnybodyToTell) return await telling
    waiting = true // whoever asks from now on until it begins is served by it
    telling = telling.then(async () => {
      waiting = false
      await teller.sweep().catch((err: unknown) => fault(undefined, err))
    })
    await telling
  }
  const tell = (): void => { void told() }

  app.decorate('businessSystems', {
    async refresh (tool, args, claims) {
      const needed = factsNeeded(tool, args, claims)
      if (needed === null) return
      switch (needed.of) {
        case 'claimed-account': return await accounts.claimed(needed.query)
        case 'verified-account': return await accounts.verifiedIn(needed.callId)
        case 'parcel': return await parcels?.refresh(needed.query)
        case 'menu': return await menu?.refresh()
      }
    },
    tell,
    told
  })
  if (!isAnybodyToTell) return
  const timer = setInterval(tell, EVERY_MS)
  app.addHook('onReady', async () => tell())
  app.addHook('preClose', async () => {
    clearInterval(timer)
    await telling
  })
}

export default fp(businessSystems, { name: 'business-systems', fastify: '5.x', dependencies: ['health', 'records'] })
