import { encodeText } from '@karani/speech'
import { FRAME_MS, FRAME_SAMPLES, SAMPLE_RATE_HZ, type Phone } from '../carrier/phone.ts'
import { Ear } from './ear.ts'
import { mumble } from './mumble.ts'
import { wholeFrames } from './recorded-phone.ts'
import { SILENT_FRAME } from './silent-phone.ts'

/** What a caller does next. Waits are timed from the end of the step before. */
export type Step =
  /** Text is spoken by the voice given to `scriptedPhone`, clearly or not, or sent as tones, letter by letter; samples are 16 kHz. */
  | { readonly say: string | Int16Array, readonly asTones?: boolean, readonly mumbled?: boolean }
  /** Until the clerk has spoken for `spokenMs` in all, or at all, and then been quiet for `quietMs`. */
  | { readonly wait: 'clerk finished', readonly spokenMs?: number, readonly quietMs?: number, readonly timeoutMs?: number }
  /** Until the clerk has spoken for this long: what follows interrupts. */
  | { readonly interruptAfterMs: number, readonly timeoutMs?: number }
  | { readonly pauseMs: number }
  | { readonly hangUp: true }

export interface StepDone { readonly step: Step, readonly atMs: number, readonly outcome: 'done' | 'timed out' }

export interface ScriptedPhone extends Phone {
  /** Steps behind us, `atMs` after the answer. */
  readonly progress: readonly StepDone[]
}

/** Shorter sounds are no speech. */
const SPEECH_MS = 60
const DEFAULT_QUIET_MS = 600
const DEFAULT_TIMEOUT_MS = 15_000

/**
 * A caller with a plan. One who waits in vain hangs up; after the last step they stay on the line and say nothing.
 * @param speak the caller's voice: 16 kHz samples. All texts are spoken before the phone is made.
 */
export async function scriptedPhone (steps: readonly Step[], speak?: (text: string) => Promise<Int16Array>): Promise<ScriptedPhone> {
  const speech = new Map<Step, Int16Array>()
  for (const step of steps) if ('say' in step) speech.set(step, wholeFrames(await samplesOf(step, speak)))
  return new Caller(steps, speech)
}

async function samplesOf ({ say, asTones = false, mumbled = false }: Extract<Step, { say: unknown }>, speak?: (text: string) => Promise<Int16Array>): Promise<Int16Array> {
  if (typeof say !== 'string') return say
  if (asTones) return await encodeText(say, SAMPLE_RATE_HZ)
  if (speak === undefined) throw new TypeError('a script with texts needs a voice')
  const speech = await speak(say)
  return mumbled ? mumble(speech) : speech
}

class Caller implements ScriptedPhone {
  readonly #steps: readonly Step[]
  readonly #speech: ReadonlyMap<Step, Int16Array>
  readonly #ear = new Ear()
  readonly #progress: StepDone[] = []
  #nowMs = 0
  #stepStartMs = 0
  #spokenSamples = 0
  #hungUp = false

  constructor (steps: readonly Step[], speech: ReadonlyMap<Step, Int16Array>) {
    this.#steps = steps
    this.#speech = speech
  }

  get progress (): readonly StepDone[] { return this.#progress }
  get hungUp (): boolean { return this.#hungUp }

  tick (heard: Int16Array): Int16Array {
    this.#ear.push(heard)
    this.#nowMs += FRAME_MS
    const step = this.#steps[this.#progress.length]
    return step === undefined || this.#hungUp ? SILENT_FRAME : this.#act(step)
  }

  #act (step: Step): Int16Array {
    if ('say' in step) return this.#speak(step)
    const waitedMs = this.#nowMs - this.#stepStartMs
    if ('hangUp' in step) this.#hangUp(step, 'done')
    else if (this.#isReached(step, waitedMs)) this.#next(step, 'done')
    else if (!('pauseMs' in step) && waitedMs >= (step.timeoutMs ?? DEFAULT_TIMEOUT_MS)) this.#hangUp(step, 'timed out')
    return SILENT_FRAME
  }

  #isReached (step: Exclude<Step, { say: unknown } | { hangUp: true }>, waitedMs: number): boolean {
    if ('pauseMs' in step) return waitedMs >= step.pauseMs
    if ('interruptAfterMs' in step) return this.#ear.spokenMs >= step.interruptAfterMs
    return this.#ear.spokenMs >= (step.spokenMs ?? SPEECH_MS) && this.#ear.quietMs >= (step.quietMs ?? DEFAULT_QUIET_MS)
  }

  #speak (step: Step): Int16Array {
    const samples = this.#speech.get(step)!
    const frame = samples.subarray(this.#spokenSamples, this.#spokenSamples += FRAME_SAMPLES)
    if (this.#spokenSamples < samples.length) return frame
    this.#spokenSamples = 0
    this.#next(step, 'done')
    return frame.length === FRAME_SAMPLES ? frame : SILENT_FRAME
  }

  #hangUp (step: Step, outcome: StepDone['outcome']): void {
    this.#next(step, outcome)
    this.#hungUp = true
  }

  #next (step: Step, outcome: StepDone['outcome']): void {
    this.#progress.push({ step, atMs: this.#nowMs, outcome })
    this.#stepStartMs = this.#nowMs
    this.#ear.forget()
  }
}
