import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { CallContext } from '@karani/call-context'
import { lineOf, onDuty, type Lines } from '@karani/lines'
import type { SautikitError } from '@karani/sautikit'
import type { ToolResult } from './tool-desk.ts'

export interface HandOffPorts {
  /** Resolves when nobody could be reached. */
  reachPerson (): Promise<void>
  redirect (url: string): Promise<void>
  /** The carrier will not move this call, however often it is asked. */
  refused (): void
}

/** The request for a person is stored within this, or the caller is brought to one without. */
const STORE_MS = 3_000

/** Whoever is not meant, or is a child, has nothing to settle with the team. */
const NobodyForUs = Type.Object({ output: Type.Object({ recordedAs: Type.Enum(['wrong-party', 'minor']) }) })

/**
 * What happens when the clerk asks for a person. The request is stored first, as a promise to call back: whatever fails or dies afterwards,
 * the team has it. Then, on a line that is configured so, the carrier is asked to bring the caller to the team at once.
 */
export class HandOff {
  readonly #ports: HandOffPorts
  readonly #url: string | null
  readonly #isAnybodyThere: () => boolean

  constructor ({ line: number, handOffUrl }: Pick<CallContext, 'line' | 'handOffUrl'>, lines: Lines, ports: HandOffPorts) {
    const line = lineOf(lines, number)
    this.#ports = ports
    this.#url = line?.handOff?.includes('redirect') === true && handOffUrl !== undefined ? handOffUrl : null
    this.#isAnybodyThere = () => line !== undefined && onDuty(lines, line, new Date()).length > 0
  }

  /** @returns what the clerk is to tell the caller; never, when a person has taken the call */
  async escalate (store: (signal: AbortSignal) => Promise<ToolResult>, signal: AbortSignal): Promise<ToolResult> {
    const stored = store(AbortSignal.any([signal, AbortSignal.timeout(STORE_MS)]))
    const result = await stored.catch(() => null)
    if (this.#url !== null && this.#isAnybodyThere() && !(result !== null && Value.Check(NobodyForUs, result.response))) await this.#ports.reachPerson()
    return await stored
  }

  redirect (): void {
    if (this.#url === null) return this.#ports.refused()
    this.#ports.redirect(this.#url).catch((err: SautikitError) => {
      if (err.code === 'SAUTIKIT_REFUSED') this.#ports.refused() // whatever else happened, the call may be on its way
    })
  }
}
