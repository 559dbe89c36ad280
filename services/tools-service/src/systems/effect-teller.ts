import type { CourierSystem, LendingSystem } from '@karani/business-systems'
import type { Records, SystemEffect, SystemName, Writings } from '@karani/records'
import { leaseUntil, nextTry } from './retry-rules.ts'

export type Told = 'told' | 'refused' | 'tried'

export interface EffectTellerPorts {
  readonly records: Records
  readonly lending: LendingSystem | null
  readonly courier: CourierSystem | null
  readonly now: () => Date
  count (system: SystemName, outcome: Told): void
  /** `effectId` is opaque. */
  fault (effectId: string, error: unknown): void
}

const PASS = 10
const AGENTS = { lending: 'lender', courier: 'courier' } as const

/** Tells the business's systems what has happened: what waits in the outbox, at least once, each until it is taken or refused. Replicas may all do the same. */
export class EffectTeller {
  readonly #ports: EffectTellerPorts

  constructor (ports: EffectTellerPorts) { this.#ports = ports }

  /** Until nothing is due any more. */
  async sweep (): Promise<void> {
    const { records, now } = this.#ports
    for (;;) {
      const at = now()
      const due = await records.write(async ({ systemEffects }) => await systemEffects.takeDue(at, leaseUntil(at), PASS))
      if (due.length === 0) return
      await Promise.all(due.map(async effect => await this.#tell(effect).catch((err: unknown) => this.#ports.fault(effect.effectId, err))))
    }
  }

  async #tell (effect: SystemEffect): Promise<void> {
    const { records, now, count, fault } = this.#ports
    const { effectId, system, tries } = effect
    const error = await this.#send(effect).then(() => null, (err: unknown) => err)
    if (error !== null) fault(effectId, error)
    const isRefused = (error as { code?: string } | null)?.code === 'SYSTEM_REFUSED'
    await records.write(async writings => {
      if (error === null) await writings.systemEffects.settle(effectId, 'told')
      else if (isRefused) await refuse(writings, effect, (error as Error).message, now())
      else await writings.systemEffects.tryAgain(effectId, nextTry(now(), tries))
    })
    count(system, error === null ? 'told' : isRefused ? 'refused' : 'tried')
  }

  async #send (effect: SystemEffect): Promise<void> {
    const { lending, courier } = this.#ports
    switch (effect.kind) {
      case 'promised': return await lending?.promised(effect.payload)
      case 'paid': return await lending?.paid(effect.payload)
      case 'moved': return await courier?.moved(effect.payload)
    }
  }
}

/** What its system will never take is for a person, once. */
async function refuse ({ systemEffects, callbacks, paymentIntents }: Writings, { effectId, system, subject, callId }: SystemEffect, why: string, at: Date): Promise<void> {
  if (!await systemEffects.settle(effectId, 'refused')) return
  const phone = system === 'lending' ? await paymentIntents.phoneOf(subject) : null
  await callbacks.alsoAsk({ callId, agent: AGENTS[system], phone, reason: `${effectId}: ${why}`, summary: null, at })
}
