import type { Exchange } from '../exchange.ts'
import { Prompt } from '../media.ts'
import { aborted } from '../pause.ts'
import type { SimulatedCall } from '../simulated-call.ts'
import type { VerbOf } from '../voice-actions.ts'

/** Plays samples to the end, or until `signal` is aborted. */
export async function playOut (call: SimulatedCall, samples: Int16Array, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const played = new Promise<void>(resolve => { call.media = new Prompt(samples, resolve) })
  await Promise.race([played, aborted(signal)])
  call.media = null
}

export async function say (call: SimulatedCall, exchange: Exchange, { text, language, loop }: VerbOf<'say'> | { text: string, language?: string, loop?: number }, signal: AbortSignal): Promise<void> {
  const samples = await exchange.speak(text, language)
  for (let n = 0; n < Math.max(1, loop ?? 1) && !signal.aborted; n++) {
    call.log.add({ type: 'said', text })
    await playOut(call, samples, signal)
  }
}

/** A file that cannot be had is skipped. */
export async function play (call: SimulatedCall, exchange: Exchange, { url, loop }: { url: string, loop?: number }, signal: AbortSignal): Promise<void> {
  try {
    const samples = await exchange.load(url)
    for (let n = 0; n < Math.max(1, loop ?? 1) && !signal.aborted; n++) {
      call.log.add({ type: 'played', url })
      await playOut(call, samples, signal)
    }
  } catch (err) {
    call.log.add({ type: 'fault', what: `play: ${String(err)}` })
  }
}
