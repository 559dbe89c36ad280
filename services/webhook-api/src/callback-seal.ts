import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { sameText } from './same-text.ts'

const CALL_ID = /^[A-Za-z0-9_-]{1,64}$/

/**
 * Marks the URLs that we hand out for one call, since the carrier may not sign what it sends to them. A sealed call id is
 * `<call id>.<HMAC-SHA256 in base64url>`: fit for a URL, and free of personal data.
 * Its key is derived from a secret that the service has anyway. The first one seals and any of them opens, so that secrets
 * can be rotated during calls. Without secrets the key is of this process alone.
 */
export class CallbackSeal {
  readonly #keys: readonly Buffer[]

  constructor (secrets: readonly string[]) {
    this.#keys = secrets.length === 0 ? [randomBytes(32)] : secrets.map(deriveKey)
  }

  seal (callId: string): string {
    return sealWith(this.#keys[0]!, callId)
  }

  /** The call's id, or undefined for what none of our keys has sealed. */
  open (sealed: string): string | undefined {
    const [callId = ''] = sealed.split('.', 1)
    if (!CALL_ID.test(callId)) return undefined
    return this.#keys.some(key => sameText(sealWith(key, callId), sealed)) ? callId : undefined
  }
}

const deriveKey = (secret: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', 'karani callback url', 32))
const sealWith = (key: Buffer, callId: string): string => `${callId}.${createHmac('sha256', key).update(callId).digest('base64url')}`
