import type { SetupMessage } from './setup/setup-schema.ts'

const TOKENS_PER_SECOND = 25
const CHARACTERS_PER_TOKEN = 4
const WINDOW_TOKENS = 131_072

/** Counts what the service bills: the whole context, audio at 25 tokens a second, again in every turn. */
export class TokenMeter {
  readonly #triggerTokens: number
  readonly #targetTokens: number
  #textTokens = 0
  #audioTokens = 0
  #responseTokens = 0

  /** Without compression nothing falls away; by default it begins at 80 % of the window and cuts to half of that. */
  constructor (compression: SetupMessage['contextWindowCompression']) {
    this.#triggerTokens = compression === undefined ? Infinity : Number(compression.triggerTokens ?? WINDOW_TOKENS * 0.8)
    this.#targetTokens = Number(compression?.slidingWindow?.targetTokens ?? this.#triggerTokens / 2)
  }

  text (text: string): void {
    this.#textTokens += text.length / CHARACTERS_PER_TOKEN
  }

  heard (ms: number): void {
    this.#audioTokens += ms / 1000 * TOKENS_PER_SECOND
  }

  said (ms: number): void {
    this.#responseTokens += ms / 1000 * TOKENS_PER_SECOND
  }

  /** The usage of the turn that ends here. What was said becomes context; the oldest of it falls away at the compression's trigger. */
  endTurn (): object {
    const text = Math.round(this.#textTokens)
    const audio = Math.round(this.#audioTokens)
    const response = Math.round(this.#responseTokens)
    this.#audioTokens += this.#responseTokens
    this.#responseTokens = 0
    this.#compress()
    return {
      promptTokenCount: text + audio,
      responseTokenCount: response,
      totalTokenCount: text + audio + response,
      promptTokensDetails: details({ TEXT: text, AUDIO: audio }),
      responseTokensDetails: details({ AUDIO: response })
    }
  }

  #compress (): void {
    if (this.#textTokens + this.#audioTokens < this.#triggerTokens) return
    this.#audioTokens = Math.max(0, this.#targetTokens - this.#textTokens)
  }
}

/** Modalities without tokens are left out. */
function details (counts: Readonly<Record<string, number>>): object[] {
  return Object.entries(counts).filter(([, tokenCount]) => tokenCount > 0).map(([modality, tokenCount]) => ({ modality, tokenCount }))
}
