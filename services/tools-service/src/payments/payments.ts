import type { StkCallback } from '@karani/mpesa'
import { PaymentOutcomes } from './payment-outcomes.ts'
import type { PaymentPorts } from './payment-ports.ts'
import { PaymentRequests } from './payment-requests.ts'
import { leaseUntil } from './payment-rules.ts'
import { tellCall } from './tell-call.ts'

const PASS = 20
/** News that their own process has not told by now are told by another. */
const TOLD_WITHIN_MS = 5_000

/** Payments by M-Pesa from the row that a confirmation left to the outcome that the call hears of. Replicas may all do the same. */
export class Payments {
  readonly #ports: PaymentPorts
  readonly #requests: PaymentRequests
  readonly #outcomes: PaymentOutcomes

  constructor (ports: PaymentPorts) {
    this.#ports = ports
    this.#requests = new PaymentRequests(ports)
    this.#outcomes = new PaymentOutcomes(ports)
  }

  get maxAmount (): number { return this.#ports.maxAmount }

  /** See `PaymentRequests`. */
  send (intentId: string): void { this.#requests.send(intentId) }
  async sent (): Promise<void> { await this.#requests.sent() }

  /** See `PaymentOutcomes`. */
  async claimed (claim: StkCallback, intentId: string | null): Promise<void> { await this.#outcomes.claimed(claim, intentId) }

  /** One pass over what waits: rows that were left, outcomes that are due, news that were not told. */
  async check (): Promise<void> {
    const { records, now, fault } = this.#ports
    const at = now()
    const due = await records.write(async ({ paymentIntents }) => await paymentIntents.takeDue(at, leaseUntil(at), PASS))
    await Promise.all(due.map(async intent => {
      const looking = intent.state === 'created' ? this.#requests.resume(intent) : this.#outcomes.look(intent)
      await looking.catch((err: unknown) => fault(intent.intentId, err))
    }))
    const untold = await records.write(async ({ paymentIntents }) => await paymentIntents.untold(new Date(at.getTime() - TOLD_WITHIN_MS), PASS))
    for (const intentId of untold) await tellCall(this.#ports, intentId)
  }
}
