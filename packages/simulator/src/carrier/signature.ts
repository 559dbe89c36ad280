import { createHmac } from 'node:crypto'
import type { CarrierBehaviour } from './carrier-behaviour.ts'

/**
 * The value of `X-Sautikit-Signature` over the bytes of a body: `t=<unix seconds>,v1=<hex>` of an HMAC-SHA256 over body,
 * dot and t (the body first), or the older bare hex over the body alone.
 */
export function sign (form: CarrierBehaviour['signature'], secret: string, body: string, at: Date): string {
  if (form === 'bare hex') return createHmac('sha256', secret).update(body).digest('hex')
  const t = Math.floor(at.getTime() / 1000)
  return `t=${t},v1=${createHmac('sha256', secret).update(`${body}.${t}`).digest('hex')}`
}
