import type { LiveSessionHandlers, ModelUsage, ToolCall } from './live-session.ts'
import type { ServerMessage } from './server-message.ts'

type Delivery = (to: LiveSessionHandlers) => void
type Content = NonNullable<ServerMessage['serverContent']>
type InlineData = { readonly data: string, readonly mimeType?: string }

const DEFAULT_RATE_HZ = 24_000
/** The rates that speech comes in: every other would cost a filter of its own. */
const RATES_HZ: ReadonlySet<number> = new Set([8_000, 16_000, 24_000, 48_000])

/**
 * What one message of a session that is set up means to the handlers, in order. Pure. Its fields do not exclude each other, so all are read, always in
 * this order: what was said, `interrupted`, audio, `generationComplete`, tools, usage, `turnComplete`, `goAway`.
 * Words come before `interrupted`, because they belong to what was cut; audio in the same message comes after it, because
 * it is stale and must not be played; `turnComplete` closes everything else of its message.
 */
export function deliveries (message: ServerMessage): Delivery[] {
  const { serverContent = {}, toolCall, toolCallCancellation, usageMetadata, goAway } = message
  const { functionCalls = [] } = toolCall ?? {}
  const { ids = [] } = toolCallCancellation ?? {}
  return [
    ...when(serverContent.inputTranscription?.text, text => to => to.onCallerTranscript(text)),
    ...when(serverContent.outputTranscription?.text, text => to => to.onClerkTranscript(text)),
    ...when(serverContent.interrupted, () => to => to.onInterrupted()),
    ...audioOf(serverContent),
    ...when(serverContent.generationComplete, () => to => to.onGenerationComplete()),
    ...when(functionCalls.length, () => to => to.onToolCalls(functionCalls.map(({ id, name, args }) => ({ id, name, args: argumentsOf(args) })))),
    ...when(ids.length, () => to => to.onToolCancellation(ids)),
    ...when(usageMetadata, usage => to => to.onUsage(usageOf(usage))),
    ...when(serverContent.turnComplete, () => to => to.onTurnComplete()),
    ...when(goAway, ({ timeLeft }) => to => to.onGoAway(millisecondsOf(timeLeft)))
  ]
}

/** Only an object names arguments; anything else is none, which whoever carries out the call accepts or refuses. */
const argumentsOf = (args: unknown): ToolCall['args'] => typeof args === 'object' && args !== null && !Array.isArray(args) ? args as ToolCall['args'] : {}

/** Absent, false, zero and empty all mean that there is nothing to deliver. */
const when = <T>(value: T | undefined, deliver: (value: NonNullable<T>) => Delivery): Delivery[] => value ? [deliver(value)] : []

function audioOf ({ modelTurn }: Content): Delivery[] {
  return (modelTurn?.parts ?? []).flatMap(({ thought, inlineData }) => thought || inlineData === undefined ? [] : speech(inlineData))
}

/** Only whole samples of a plausible rate are handed on: half a sample would turn the rest of the turn into noise. */
function speech ({ data, mimeType = 'audio/pcm' }: InlineData): Delivery[] {
  if (data === '') return []
  const pcm = Buffer.from(data, 'base64')
  const rateHz = rateOf(mimeType)
  const whole = pcm.length % 2 === 0 && pcm.length === Buffer.byteLength(data, 'base64')
  return [whole && rateHz !== null ? to => to.onAudio(pcm, rateHz) : to => to.onMalformed('MODEL_AUDIO_MALFORMED')]
}

/** `audio/pcm;rate=24000`, or `audio/pcm` from builds that leave the rate to be known. */
function rateOf (mimeType: string): number | null {
  const match = /^audio\/pcm(?:;\s*rate=(\d{4,5}))?$/.exec(mimeType)
  if (match === null) return null
  const rateHz = Number(match[1] ?? DEFAULT_RATE_HZ)
  return RATES_HZ.has(rateHz) ? rateHz : null
}

/** Counts of zero are left out on the wire. */
function usageOf ({ promptTokenCount = 0, responseTokenCount = 0, totalTokenCount = 0 }: NonNullable<ServerMessage['usageMetadata']>): ModelUsage {
  return { promptTokens: promptTokenCount, responseTokens: responseTokenCount, totalTokens: totalTokenCount }
}

/** A notice without a readable time still is one: then the end may come at any moment. */
function millisecondsOf (duration = ''): number {
  const match = /^(\d{1,6}(?:\.\d+)?)s$/.exec(duration)
  return match === null ? 0 : Number(match[1]) * 1_000
}
