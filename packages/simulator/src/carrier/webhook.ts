import type { CallLog } from './call-log.ts'
import type { CarrierBehaviour } from './carrier-behaviour.ts'
import { sign } from './signature.ts'
import type { CallbackFields } from './voice-fields.ts'

/** The agent string of the carrier's webhooks, observed in production. */
export const USER_AGENT = 'Sautikit-VoiceProxy'

export interface Webhook {
  readonly url: string
  /** For the log: `voice`, `status`, `event`, `record`. */
  readonly purpose: string
  readonly contentType: 'application/x-www-form-urlencoded' | 'application/json'
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
  readonly secret?: string | undefined
  readonly timeoutMs: number
}

export interface WebhookReply { readonly status: number, readonly contentType: string, readonly body: string }

/** POSTs once, signed when there is a secret. Null when no answer came in time; the log says why. */
export async function post (webhook: Webhook, log: CallLog, behaviour: CarrierBehaviour, signal?: AbortSignal): Promise<WebhookReply | null> {
  const { url, purpose, body, secret, timeoutMs } = webhook
  const headers: Record<string, string> = { 'user-agent': USER_AGENT, 'content-type': webhook.contentType, ...webhook.headers }
  if (secret !== undefined) headers['x-sautikit-signature'] = sign(behaviour.signature, secret, body, new Date())
  log.add({ type: 'webhook-sent', url, purpose, headers, body })
  const startMs = log.nowMs
  const deadline = AbortSignal.timeout(timeoutMs)
  try {
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]) })
    const reply = { status: response.status, contentType: response.headers.get('content-type') ?? '', body: await response.text() }
    log.add({ type: 'webhook-answered', url, purpose, ...reply, tookMs: log.nowMs - startMs })
    return reply
  } catch (err) {
    log.add({ type: 'webhook-answered', url, purpose, status: null, contentType: '', body: '', tookMs: log.nowMs - startMs, reason: reasonOf(err) })
    return null
  }
}

/** The body of a callback in the content type that voice URLs get. */
export function encodeFields (fields: CallbackFields, form: CarrierBehaviour['voiceBody']): Pick<Webhook, 'contentType' | 'body'> {
  if (form === 'json') return { contentType: 'application/json', body: JSON.stringify(fields) }
  const pairs = Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)])
  return { contentType: 'application/x-www-form-urlencoded', body: new URLSearchParams(pairs).toString() }
}

function reasonOf (err: unknown): string {
  if (!(err instanceof Error)) return String(err)
  return err.cause instanceof Error ? `${err.message}: ${err.cause.message}` : err.message
}
