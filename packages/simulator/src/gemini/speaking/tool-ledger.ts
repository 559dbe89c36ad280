import type { DeclaredTool, ToolCall, ToolResponse } from '../brain.ts'
import type { ModelTurn } from './model-turn.ts'
import type { Verdict } from '../session-log.ts'

interface Entry {
  readonly turn: ModelTurn
  readonly behavior: DeclaredTool['behavior']
  state: 'open' | 'answered' | 'cancelled'
  response: ToolResponse | null
}

/** Every tool call of a session by its id, and what became of it. */
export class ToolLedger {
  readonly #entries = new Map<string, Entry>()

  /** Is a BLOCKING call open, of this turn or of any? */
  blocks (turn?: ModelTurn): boolean {
    return this.#open().some(([, entry]) => entry.behavior === 'BLOCKING' && (turn === undefined || entry.turn === turn))
  }

  get anyOpen (): boolean { return this.#open().length > 0 }

  add (call: ToolCall, behavior: DeclaredTool['behavior'], turn: ModelTurn): void {
    this.#entries.set(call.id, { turn, behavior, state: 'open', response: null })
  }

  answer (response: ToolResponse): { verdict: Verdict, behavior?: DeclaredTool['behavior'], turn?: ModelTurn } {
    const entry = this.#entries.get(response.id)
    if (entry === undefined) return { verdict: 'unknown' }
    if (entry.state === 'answered') return { verdict: 'duplicate' }
    if (entry.state === 'cancelled') return { verdict: 'cancelled' }
    entry.response = response
    if (!response.willContinue) entry.state = 'answered'
    return { verdict: 'accepted', behavior: entry.behavior, turn: entry.turn }
  }

  /** The answers to the BLOCKING calls of a turn, in the order of the calls, each handed out once. */
  collect (turn: ModelTurn): ToolResponse[] {
    return [...this.#entries.values()].flatMap((entry) => {
      const { response } = entry
      if (entry.turn !== turn || entry.behavior !== 'BLOCKING' || response === null) return []
      entry.response = null
      return [response]
    })
  }

  /** Gives up every open call and returns their ids. */
  cancel (): string[] {
    return this.#open().map(([id, entry]) => {
      entry.state = 'cancelled'
      return id
    })
  }

  #open (): Array<[string, Entry]> {
    return [...this.#entries].filter(([, entry]) => entry.state === 'open')
  }
}
