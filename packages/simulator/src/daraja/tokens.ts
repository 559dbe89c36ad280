import { randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'
import { DarajaFault } from './daraja-fault.ts'

/** The access tokens that are out: good for their time, or for a number of uses. */
export class Tokens {
  readonly #clock: Clock
  readonly #granted = new Map<string, { readonly untilMs: number, usesLeft: number }>()

  constructor (clock: Clock) { this.#clock = clock }

  grant (lifeS: number, uses: number): string {
    const token = randomBytes(14).toString('hex')
    this.#granted.set(token, { untilMs: this.#clock.now().getTime() + lifeS * 1_000, usesLeft: uses })
    return token
  }

  /** @throws DarajaFault for a token that is unknown, too old or used up */
  spend (authorization: string | undefined): void {
    const token = this.#granted.get(/^Bearer (\w+)$/.exec(authorization ?? '')?.[1] ?? '')
    if (token === undefined || token.untilMs <= this.#clock.now().getTime() || token.usesLeft < 1) throw new DarajaFault(404, '404.001.03', 'Invalid Access Token')
    token.usesLeft--
  }

  /** All that are out are no longer good. */
  revoke (): void {
    this.#granted.clear()
  }
}
