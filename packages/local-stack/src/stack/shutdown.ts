/** What ends first comes first: callers and the carrier, then the business, then what they all stand on. */
const STAGES = ['front', 'business', 'simulator', 'postgres', 'redis', 'folder'] as const
export type Stage = typeof STAGES[number]

/** Ends the parts of a stack in order, however many of them there are by then; a part that fails to end does not keep the others. */
export class Shutdown {
  readonly #parts = new Map<Stage, Array<() => Promise<void>>>(STAGES.map(stage => [stage, []]))
  #done: Promise<void> | undefined

  add (stage: Stage, stop: () => Promise<void>): void {
    this.#parts.get(stage)?.push(stop)
  }

  /** Once: a second caller waits for the first. */
  async run (): Promise<void> {
    this.#done ??= this.#stopAll()
    await this.#done
  }

  async #stopAll (): Promise<void> {
    for (const parts of this.#parts.values()) await Promise.allSettled(parts.map(stop => stop()))
  }
}
