import type { CallbackPlan, DarajaBehaviour } from './behaviour.ts'
import type { Clock } from './clock.ts'
import { DarajaFault } from './daraja-fault.ts'
import type { PushBody } from './merchant-request.ts'
import { SimulatedPush } from './simulated-push.ts'

/** What was sent to a callback's URL, and the status it was answered with; null where there was none. */
export interface CallbackDelivery { readonly at: Date, readonly push: SimulatedPush, readonly body: object, readonly status: number | null }

const CALLBACK_TIMEOUT_MS = 10_000

/** The phones that ask for PINs, and the callbacks that tell how it went. One phone asks one thing at a time. */
export class Phones {
  readonly pushes: SimulatedPush[] = []
  readonly deliveries: CallbackDelivery[] = []
  readonly #clock: Clock
  readonly #cancels = new Set<() => void>()
  readonly #closing = new AbortController()

  constructor (clock: Clock) { this.#clock = clock }

  /** @throws DarajaFault while the phone still asks for something else */
  ask (body: PushBody, behaviour: DarajaBehaviour): SimulatedPush {
    const push = new SimulatedPush(body, behaviour, this.#clock)
    if (this.pushes.some(({ phone, result }) => phone === push.phone && result === null)) {
      throw new DarajaFault(500, '500.001.1001', 'Unable to lock subscriber, a transaction is already in process for the current subscriber')
    }
    this.pushes.push(push)
    const { person, personMs, callbacks } = behaviour
    const answered = this.#later(personMs, async () => { push.result = person })
    const told = callbacks.map(async plan => await this.#later(Math.max(0, personMs + (plan.delayMs ?? 0)), async () => await this.#deliver(push, plan)))
    push.settled = Promise.all([answered, ...told]).then(() => {})
    return push
  }

  find (checkoutRequestId: string): SimulatedPush | undefined {
    return this.pushes.find(push => push.checkoutRequestId === checkoutRequestId)
  }

  /** Nothing that is still due happens. */
  close (): void {
    this.#closing.abort()
    for (const cancel of this.#cancels) cancel()
  }

  async #later (ms: number, run: () => Promise<void>): Promise<void> {
    await new Promise<void>(resolve => {
      const stop = this.#clock.after(ms, async () => {
        await run()
        done()
      })
      const done = (): void => {
        this.#cancels.delete(cancel)
        resolve()
      }
      const cancel = (): void => {
        stop()
        done()
      }
      this.#cancels.add(cancel)
    })
  }

  async #deliver (push: SimulatedPush, plan: CallbackPlan): Promise<void> {
    const at = this.#clock.now()
    const body = push.callbackBody(plan, at)
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(CALLBACK_TIMEOUT_MS)])
    const status = await fetch(push.callbackUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), redirect: 'manual', signal })
      .then(async response => {
        await response.text()
        return response.status
      }, () => null)
    this.deliveries.push({ at, push, body, status })
  }
}
