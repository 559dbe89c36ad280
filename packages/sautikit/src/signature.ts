import { createHmac, timingSafeEqual } from 'node:crypto'

/** `stale`: genuine, but of another time. `missing`: there is no header at all. */
export type SignatureOutcome = 'valid' | 'stale' | 'invalid' | 'missing'

export interface SignedWebhook {
  /** The `X-Sautikit-Signature` header. */
  readonly header: string | undefined
  /** The bytes as they came, before any parsing. */
  readonly rawBody: Uint8Array | string
  /** Any of them may have signed: subscriptions and numbers have one each, and secrets are rotated. An empty one never signs. */
  readonly secrets: readonly string[]
  readonly now: Date
  /** How old a signature may be. */
  readonly toleranceS?: number
  /** Accepts the older form as well, a bare HMAC of the body: it has no time, so it can be replayed for ever. */
  readonly allowBare?: boolean
}

/** How far the carrier's clock may be ahead of ours. */
const FUTURE_TOLERANCE_S = 30

/** The `X-Sautikit-Signature` header, `t=<unix seconds>,v1=<hex>`: an HMAC-SHA256 of the body, a dot and the time, in this order. */
export function signWebhook (secret: string, rawBody: Uint8Array | string, unixSeconds: number): string {
  return `t=${unixSeconds},v1=${hmac(secret, rawBody, `.${unixSeconds}`).toString('hex')}`
}

/** Versions other than v1 are ignored; it is documented that others may be added. */
export function verifyWebhook ({ header, rawBody, secrets, now, toleranceS = 300, allowBare = false }: SignedWebhook): SignatureOutcome {
  if (header === undefined || header === '') return 'missing'
  const signedBy = (signature: string, suffix: string): boolean => secrets.some(secret => secret !== '' && sameDigest(signature, hmac(secret, rawBody, suffix)))
  if (allowBare && signedBy(header, '')) return 'valid'

  const { t, v1 }: Partial<Record<string, string>> = Object.fromEntries(header.split(',').map(part => part.trim().split('=', 2)))
  if (t === undefined || v1 === undefined || !/^\d{1,12}$/.test(t) || !signedBy(v1, `.${t}`)) return 'invalid'
  const ageS = now.getTime() / 1_000 - Number(t)
  return ageS <= toleranceS && ageS >= -FUTURE_TOLERANCE_S ? 'valid' : 'stale'
}

const hmac = (secret: string, rawBody: Uint8Array | string, suffix: string): Buffer => createHmac('sha256', secret).update(rawBody).update(suffix).digest()

const sameDigest = (hex: string, digest: Buffer): boolean => /^[0-9a-f]{64}$/.test(hex) && timingSafeEqual(Buffer.from(hex, 'hex'), digest)
