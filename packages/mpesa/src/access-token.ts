/** A token is renewed this long before it expires. */
const RENEW_BEFORE_MS = 60_000

export interface GrantedToken { readonly token: string, readonly expiresInS: number }

interface HeldToken { readonly token: string, readonly renewAtMs: number }

/** The one access token of a client. However many ask while there is none, one request is made for all of them. */
export class AccessToken {
  readonly #grant: () => Promise<GrantedToken>
  readonly #now: () => Date
  #held: HeldToken | undefined
  #asking: Promise<string> | undefined

  constructor (grant: () => Promise<GrantedToken>, now: () => Date) {
    this.#grant = grant
    this.#now = now
  }

  async get (): Promise<string> {
    if (this.#held !== undefined && this.#now().getTime() < this.#held.renewAtMs) return this.#held.token
    this.#asking ??= this.#ask().finally(() => { this.#asking = undefined })
    return await this.#asking
  }

  /** Daraja no longer takes this token. One that was granted meanwhile stays. */
  drop (token: string): void {
    if (this.#held?.token === token) this.#held = undefined
  }

  async #ask (): Promise<string> {
    const askedAtMs = this.#now().getTime()
    const { token, expiresInS } = await this.#grant()
    this.#held = { token, renewAtMs: askedAtMs + expiresInS * 1_000 - RENEW_BEFORE_MS }
    return token
  }
}
