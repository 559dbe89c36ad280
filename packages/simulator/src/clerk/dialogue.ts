import type { Recognised } from '@karani/speech'
import type { Clerk, Move, Rule, ToolResult } from './clerk.ts'
import { grammarOf, hear } from './phrase.ts'
import { CLOSING_RULES, offerPerson, OFFER_RULES, REPEAT_PHRASES, SHARED_RESULTS, SHARED_RULES } from './shared-rules.ts'

/** Measured with four synthetic voices: 3 % of what fits the grammar lies below, 8 % of what does not lies above. */
const CONFIDENT = 0.84
const TRIES = 3

/** One conversation: what may be heard next, and what is done about what was. Pure. */
export class Dialogue {
  readonly #clerk: Clerk
  #stage: string
  #lastSaid = 'How can I help you?'
  #misses = 0

  constructor (clerk: Clerk) {
    this.#clerk = clerk
    this.#stage = clerk.begins ?? 'open'
  }

  /** Of everything that is understood now. */
  get grammar (): string {
    return grammarOf(phrasesOfStage(this.#clerk, this.#stage), this.#clerk.slots)
  }

  hear ({ text, confidence }: Recognised): Move {
    if (text === '' || confidence < CONFIDENT) return this.#askAgain(text)
    this.#misses = 0
    if (REPEAT_PHRASES.some((phrase) => hear(text, phrase, {}) !== null)) return { say: this.#lastSaid }
    for (const { when, asText = [], then } of rulesOf(this.#clerk, this.#stage)) {
      for (const phrase of [...when, ...asText]) {
        const heard = hear(text, phrase, this.#clerk.slots)
        if (heard !== null) return this.#make(then(heard))
      }
    }
    return this.#askAgain(text)
  }

  answered (tool: string, result: ToolResult): Move {
    const read = this.#clerk.results[tool] ?? SHARED_RESULTS[tool]
    return this.#make(read?.(result) ?? offerPerson('error' in result ? result.error.message : 'That did not work.'))
  }

  /** Takes up what it is told; what it does not know is said to be a caller who has heard no opening yet. */
  told (text: string): Move {
    const move = this.#clerk.news?.(text) ?? null
    return move === null ? this.greet() : this.#make(move)
  }

  /** Greets a caller who has heard no opening yet. */
  greet (): Move {
    return this.#make({ say: 'How can I help you?' })
  }

  /** Says that a figure was wrong, and looks up what is right. */
  takeBack (figure: string): Move {
    return this.#make({ ...this.#clerk.afterMistake?.(), say: `I am sorry. I said ${figure}, and that was wrong.` })
  }

  #make (move: Move): Move {
    if (move.expect !== undefined) this.#stage = move.expect
    if (move.say !== undefined) this.#lastSaid = move.say
    return move
  }

  /** A recogniser of grammars always hears something: the caller is told what, rather than taken at a word that was not said. */
  #askAgain (text: string): Move {
    this.#misses++
    if (this.#misses === TRIES) {
      this.#misses = 0
      return this.#make(offerPerson('I am sorry, I do not understand you well.'))
    }
    const heard = text === '' ? 'I did not catch that.' : `I heard: ${text}. I am not sure that is what you said.`
    return { say: `${heard} ${this.#misses === 1 ? 'Could you say it again?' : this.#clerk.hint}` }
  }
}

function rulesOf (clerk: Clerk, stage: string): readonly Rule[] {
  const own = stage === 'offer' ? OFFER_RULES : clerk.stages[stage] ?? []
  return [...own, ...SHARED_RULES, ...(stage === 'open' ? CLOSING_RULES : [])]
}

/** Every way of saying something in words of the recogniser that is understood in `stage`, as JSGF. */
export function phrasesOfStage (clerk: Clerk, stage: string): readonly string[] {
  return [...rulesOf(clerk, stage).flatMap(({ when }) => when), ...REPEAT_PHRASES]
}

/** What is understood in `stage` beyond those, where the exact text comes through. */
export function textPhrasesOfStage (clerk: Clerk, stage: string): readonly string[] {
  return rulesOf(clerk, stage).flatMap(({ asText = [] }) => asText)
}
