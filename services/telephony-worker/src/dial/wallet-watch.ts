import type { FastifyBaseLogger } from 'fastify'
import type { Lines } from '@karani/lines'
import type { SautikitClient } from '@karani/sautikit'
import { codeOf } from '../error-code.ts'
import { affordableCalls } from './affordable-calls.ts'

export interface WalletWatchOptions {
  readonly sautikit: Pick<SautikitClient, 'wallet'>
  readonly lines: Pick<Lines, 'currency' | 'rates'>
  readonly reserveMinor: number
  readonly longestCallMs: number
  readonly log: Pick<FastifyBaseLogger, 'warn'>
}

/** So long a balance is believed. What calls may cost meanwhile is small beside what is kept for those that live. */
const MAX_AGE_MS = 30_000
/** An attempt waits for the answer. */
const TIMEOUT_MS = 1_000

/**
 * How many calls the wallet can bear. It is asked for at most every 30 s, and again before it is said to be empty, since it may have been
 * topped up. A carrier that does not tell stops nobody: then its 402 is the first sign.
 */
export class WalletWatch {
  readonly #options: WalletWatchOptions
  #calls = Infinity
  #readAtMs = -Infinity
  #reading: Promise<void> | null = null

  constructor (options: WalletWatchOptions) { this.#options = options }

  /** What is known without asking. One at least: whoever reserves that one asks. */
  get likelyCalls (): number { return Math.max(1, this.#calls) }

  /** How many calls may live at once; 0: none, and that is no old news. Never rejects. */
  async calls (): Promise<number> {
    if (this.#calls === 0 || performance.now() - this.#readAtMs >= MAX_AGE_MS) {
      this.#reading ??= this.#read().finally(() => { this.#reading = null })
      await this.#reading
    }
    return this.#calls
  }

  /** The carrier has refused a call for want of money, whatever was read. */
  forget (): void { this.#readAtMs = -Infinity }

  async #read (): Promise<void> {
    const { sautikit, lines: { currency, rates }, reserveMinor, longestCallMs, log } = this.#options
    const wallet = await sautikit.wallet({ timeoutMs: TIMEOUT_MS }).catch((err: Error) => {
      log.warn({ code: codeOf(err) }, 'the carrier does not tell what is in the wallet')
      return null
    })
    const isComparable = wallet?.currency === currency
    if (wallet !== null && !isComparable) log.warn({ currency: wallet.currency }, 'the wallet is of another currency than the rates')
    this.#calls = wallet !== null && isComparable ? affordableCalls({ balanceMinor: wallet.balance_minor, reserveMinor, rates, longestCallMs }) : Infinity
    this.#readAtMs = performance.now()
  }
}
