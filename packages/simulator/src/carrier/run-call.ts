import type { Exchange } from './exchange.ts'
import { Lifecycle } from './lifecycle.ts'
import { pause } from './pause.ts'
import { runDocument, type NextDocument } from './run-document.ts'
import type { SimulatedCall } from './simulated-call.ts'
import { say } from './verbs/prompt.ts'
import type { Verb } from './voice-actions.ts'
import { readVoiceDocument } from './voice-document.ts'
import type { CallbackFacts } from './voice-fields.ts'
import { encodeFields, post } from './webhook.ts'

/** Beyond this many encoded bytes the query copy of the correlation label is left out. */
const MAX_LABEL_QUERY_BYTES = 2048
/** What callers hear when no usable document came: reported from the field, the wording is ours. */
const DOWNTIME = 'We are sorry, this service is not available at the moment.'

/** The life of one call, from the first ring to the last callback. Never rejects. */
export async function runCall (call: SimulatedCall, exchange: Exchange): Promise<void> {
  const lifecycle = new Lifecycle(call, exchange)
  try {
    lifecycle.event('call.started')
    void call.answered.then(answered => { if (answered) tellAnswered(call, lifecycle) })
    if (call.setup.direction === 'inbound' || await reachFarEnd(call, exchange)) await converse(call, exchange, lifecycle)
  } catch (err) {
    call.log.add({ type: 'fault', what: `carrier: ${String(err)}` })
  }
  call.finish('document', 'normal_clearing')
  exchange.charge(call)
  tellEnded(call, exchange, lifecycle)
  await lifecycle.delivered()
  call.settle()
}

/** Rings the called party. */
async function reachFarEnd (call: SimulatedCall, exchange: Exchange): Promise<boolean> {
  const { to, behaviour: { outboundRingMs } } = call.setup
  const pickup = await exchange.pickup(call.localNumber, to)
  await pause(pickup.does === 'ring out' ? outboundRingMs : Math.min(pickup.afterMs ?? 0, outboundRingMs), call.life)
  if (call.isOver) return false
  if (pickup.does === 'answer') call.answer(pickup.phone)
  else if (pickup.does === 'busy') call.finish('carrier', 'user_busy', 'busy')
  else call.finish('carrier', 'no_answer', 'no_answer')
  return pickup.does === 'answer'
}

async function converse (call: SimulatedCall, exchange: Exchange, lifecycle: Lifecycle): Promise<void> {
  const first = call.setup.direction === 'inbound' ? call.behaviour.firstState : call.behaviour.outboundFirstState
  const ownUrl = voiceUrlOf(call, lifecycle)
  let documentUrl = ownUrl
  let facts: Partial<CallbackFacts> & { state: CallbackFacts['state'] } = first === 'Completed' ? { state: first, durationSeconds: 0 } : { state: first }
  for (;;) {
    const verbs = documentUrl === null ? null : await fetchDocument(call, exchange, lifecycle, documentUrl, facts)
    if (call.isOver) return
    if (verbs === null || (verbs.length === 0 && facts.state === first)) return await apologise(call, exchange)
    const next: NextDocument | null = await runDocument(call, exchange, lifecycle, verbs)
    const redirectedTo = call.takeRedirect()
    if (call.isOver || (next === null && redirectedTo === null)) return
    documentUrl = redirectedTo ?? (next?.url == null ? ownUrl : new URL(next.url, documentUrl ?? undefined).href)
    facts = { state: 'Answered', digits: next?.digits }
  }
}

/** The verbs of the document, or null when none came that can be run. Of duplicated fetches the first one's reply counts. */
async function fetchDocument (call: SimulatedCall, exchange: Exchange, lifecycle: Lifecycle, url: string, { state, ...extra }: Partial<CallbackFacts> & { state: CallbackFacts['state'] }): Promise<Verb[] | null> {
  const { log, behaviour } = call
  const webhook = { url, purpose: 'voice', ...encodeFields(lifecycle.fields(state, extra), behaviour.voiceBody), secret: lifecycle.secret, timeoutMs: behaviour.voiceTimeoutMs }
  for (let attempt = 1; attempt <= behaviour.voiceAttempts && !call.isOver; attempt++) {
    const [reply] = await Promise.all(Array.from({ length: behaviour.copies }, async () => await post(webhook, log, behaviour, AbortSignal.any([call.life, exchange.closing]))))
    if (reply == null || reply.status !== 200) continue
    try {
      const actions = readVoiceDocument(reply.contentType, reply.body, behaviour)
      log.add({ type: 'document', actions })
      return actions
    } catch (err) {
      log.add({ type: 'fault', what: `document: ${err instanceof Error ? err.message : String(err)}` })
    }
  }
  return null
}

async function apologise (call: SimulatedCall, exchange: Exchange): Promise<void> {
  call.log.add({ type: 'fault', what: 'no usable document: the carrier plays its own message' })
  call.answer()
  await say(call, exchange, { text: DOWNTIME }, call.life)
  call.finish('carrier', 'destination_out_of_order')
}

/** The voice URL with the correlation label, as long as it is short enough and has nothing that cannot ride a call. */
function voiceUrlOf (call: SimulatedCall, lifecycle: Lifecycle): string | null {
  const { clientRequestId } = call.setup
  if (lifecycle.voiceUrl === null || clientRequestId === undefined || encodeURIComponent(clientRequestId).length > MAX_LABEL_QUERY_BYTES) return lifecycle.voiceUrl
  const url = new URL(lifecycle.voiceUrl)
  url.searchParams.set('clientRequestId', clientRequestId)
  return url.href
}

function tellAnswered (call: SimulatedCall, lifecycle: Lifecycle): void {
  lifecycle.event('call.answered', { answered_at: call.answeredAt?.toISOString() })
  if (call.behaviour.answeredCallback && call.setup.direction === 'inbound') lifecycle.voiceEdge('Answered')
}

function tellEnded (call: SimulatedCall, exchange: Exchange, lifecycle: Lifecycle): void {
  const { end, answeredAt, endedAt, kept } = call
  if (call.behaviour.completedToVoice) lifecycle.voiceEdge('Completed', { durationSeconds: end?.durationSeconds })
  if (end?.status === 'completed') {
    lifecycle.event('call.completed', { duration_seconds: end.durationSeconds, answered_at: answeredAt?.toISOString(), ended_at: endedAt?.toISOString(), hangup_cause: end.cause })
  } else {
    lifecycle.event('call.failed', { failure_reason: end?.status, ended_at: endedAt?.toISOString() })
  }
  if (kept !== null) lifecycle.event('call.recording.ready', { recording_id: kept.id, duration_seconds: Math.round(kept.caller.length / 16_000), size_bytes: kept.caller.byteLength * 2, download_url: exchange.recordingUrl(kept.id), expires_at: new Date(Date.now() + 3_600_000).toISOString() })
}
