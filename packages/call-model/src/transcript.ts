export interface TranscriptTurn { readonly speaker: 'caller' | 'clerk', readonly text: string, readonly cut: boolean }

/** Longest text kept of one turn, in UTF-16 units: about six minutes of speech. */
const MAX_TURN_LENGTH = 8_000

/**
 * Merges transcript fragments into turns. Models send words or whole sentences, the two sides interleaved without any order
 * against the audio, and some never say when a turn is finished: a caller's turn ends when the clerk starts to speak, a
 * clerk's turn when the model completes it or is interrupted. Fragments carry their own spaces.
 */
export class Transcript {
  #caller = ''
  #clerk = ''

  caller (fragment: string): void { this.#caller = (this.#caller + fragment).slice(0, MAX_TURN_LENGTH) }
  clerk (fragment: string): void { this.#clerk = (this.#clerk + fragment).slice(0, MAX_TURN_LENGTH) }

  /** The clerk starts to speak: what the caller has said so far is a turn. */
  endCallerTurn (): TranscriptTurn[] {
    const text = tidy(this.#caller)
    this.#caller = ''
    return text === '' ? [] : [{ speaker: 'caller', text, cut: false }]
  }

  /** The model completed its turn, or was cut. A caller fragment that arrived late still comes first. */
  endClerkTurn (cut: boolean): TranscriptTurn[] {
    const turns = this.endCallerTurn()
    const text = tidy(this.#clerk)
    this.#clerk = ''
    return text === '' ? turns : [...turns, { speaker: 'clerk', text, cut }]
  }
}

const tidy = (text: string): string => text.replace(/\s+/g, ' ').trim()
