import type { Lines } from '@karani/lines'
import { synthesize } from '@karani/speech'
import { callees, DEMO_CALLEES, type Callee } from '../callers/scenarios/callees.ts'
import { CALLER_VOICE } from '../callers/scenarios/scenario.ts'
import { scriptedPhone } from '../callers/scripted-phone.ts'
import type { Pickup } from '../carrier/phone.ts'
import type { Carrier } from '../carrier/start-carrier.ts'
import { CalleeUnknownError } from './errors.ts'

const RINGS_MS = 1_000

/** Decides how numbers answer that the business calls: the demo records' as they are scripted, until somebody says otherwise. */
export class CalleeDesk {
  readonly #carrier: Carrier
  readonly #lines: Lines

  constructor ({ carrier, lines }: { carrier: Carrier, lines: Lines }) {
    this.#carrier = carrier
    this.#lines = lines
    for (const [number, ids] of DEMO_CALLEES) this.#subscribe(number, ids.map(calleeOf))
  }

  /** From the next call on, whichever line it comes from. @throws CalleeUnknownError */
  answer (number: string, id: string): void { this.#subscribe(number, [calleeOf(id)]) }

  #subscribe (number: string, scripts: readonly Callee[]): void {
    this.#carrier.subscribe(number, async ({ from }) => {
      const agent = this.#lines.lines.find(line => line.number === from)?.agent
      return await pickupOf(scripts.find(({ line }) => line === agent) ?? scripts[0]!)
    })
  }
}

/** How somebody picks up. The words are spoken before the phone is taken. */
export async function pickupOf ({ answers }: Callee): Promise<Pickup> {
  if (answers === 'nobody') return { does: 'ring out' }
  if (answers === 'busy') return { does: 'busy', afterMs: RINGS_MS }
  return { does: 'answer', afterMs: RINGS_MS, phone: await scriptedPhone(answers, async text => await synthesize(text, { voice: CALLER_VOICE })) }
}

function calleeOf (id: string): Callee {
  const callee = callees.find(callee => callee.id === id)
  if (callee === undefined) throw new CalleeUnknownError(id)
  return callee
}
