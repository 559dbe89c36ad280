import { setTimeout as wait } from 'node:timers/promises'
import { concatSamples, rms } from '@karani/audio'
import type { SimulatedCall } from '@karani/simulator'
import type { Client } from 'pg'

/** What the opening of the demo lines lasts, with room: a caller who waits for it to end. */
const OPENING_MS = 5_500

export const silence = (ms: number): Int16Array => new Int16Array(ms * 16)

/** The caller says this when the opening is over, and then listens. */
export const afterOpening = (...speech: Int16Array[]): Int16Array => concatSamples([silence(OPENING_MS), ...speech])

/** Quiet that is longer ends a stretch of speech. */
const GAP_MS = 700

export interface Span { readonly fromMs: number, readonly toMs: number }

/** Where something is heard in 16 kHz audio: stretches above -50 dBFS with no more than `gapMs` of quiet inside. */
export function loudSpans (samples: Int16Array, gapMs = GAP_MS): Span[] {
  const spans: Array<{ fromMs: number, toMs: number }> = []
  for (let ms = 0; ms + 10 <= samples.length / 16; ms += 10) {
    if (!isLoud(samples, ms)) continue
    const last = spans.at(-1)
    if (last !== undefined && ms - last.toMs <= gapMs) last.toMs = ms + 10
    else spans.push({ fromMs: ms, toMs: ms + 10 })
  }
  return spans
}

/** How much of a span is not quiet. */
export function loudMs (samples: Int16Array, { fromMs, toMs }: Span): number {
  let loud = 0
  for (let ms = fromMs; ms < toMs; ms += 10) if (isLoud(samples, ms)) loud += 10
  return loud
}

const isLoud = (samples: Int16Array, ms: number): boolean => rms(samples.subarray(ms * 16, (ms + 10) * 16)) >= 0.003

/** What the caller has heard, once that is `count` stretches of speech, the last of them over. The model is done with a reply before the phone is. */
export async function heardSpans (call: SimulatedCall, count: number): Promise<Span[]> {
  return await eventually(`speech number ${count} at the phone`, () => {
    const { played } = call.recording
    const spans = loudSpans(played)
    const last = spans[count - 1]
    return last !== undefined && played.length / 16 - last.toMs > GAP_MS ? spans : undefined
  }, 30_000)
}

/** Polls for something that another process does; fails with `what` after `timeoutMs`. */
export async function eventually<T> (what: string, look: () => Promise<T | undefined> | T | undefined, timeoutMs = 10_000): Promise<T> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() > deadline) throw new Error(`never happened: ${what}`)
    await wait(25)
  }
}

export interface RecordRow { readonly call_id: string, readonly duration_ms: number, readonly ended_by: string | null, readonly status: string, readonly [column: string]: unknown }

/** The call's row in the records, once it is as far as `isSettled` asks. */
export async function settledRecord (database: Client, callId: string, isSettled: (row: RecordRow) => boolean): Promise<RecordRow> {
  return await eventually('the record of the call', async () => {
    const { rows } = await database.query<RecordRow>('select * from dialling.call_records where call_id = $1', [callId])
    return rows.find(isSettled)
  })
}
