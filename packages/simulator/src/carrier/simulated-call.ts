import { randomBytes, randomUUID } from 'node:crypto'
import { costMinor } from './billing.ts'
import { CallLog } from './call-log.ts'
import type { CarrierBehaviour } from './carrier-behaviour.ts'
import { deferred } from './deferred.ts'
import type { Media } from './media.ts'
import { FRAME_MS, FRAME_SAMPLES, type Phone } from './phone.ts'
import { SampleTrack } from './sample-track.ts'
import type { TickClock, Ticking } from './tick-clock.ts'

/** The carrier's words for how a call stands; the last four are failures. */
export type CallStatus = 'ringing' | 'answered' | 'completed' | 'failed' | 'no_answer' | 'busy' | 'canceled'

export interface CallEnd {
  /** `phone`: whoever holds it hung up. `api`: REST hang-up. `document`: it ran out, or said so. */
  readonly by: 'phone' | 'api' | 'document' | 'dialled party' | 'carrier'
  readonly status: CallStatus
  /** Such as `normal_clearing`. */
  readonly cause: string
  readonly durationSeconds: number
  readonly costMinor: number
}

/** What was really said and heard, sample by sample at 16 kHz, both from the answer on. */
export interface Recording {
  /** What the microphone picked up. */
  readonly caller: Int16Array
  /** What the earpiece played. */
  readonly played: Int16Array
  /** Where in them a killAudio took effect, as sample numbers. */
  readonly kills: readonly number[]
}

export interface CallSetup {
  readonly direction: 'inbound' | 'outbound'
  /** Null: withheld without a word. */
  readonly from: string | null
  readonly to: string
  readonly behaviour: CarrierBehaviour
  readonly clock: TickClock
  /** The caller's, of an inbound call; the called party's comes with the answer. */
  readonly phone?: Phone | undefined
  /** Overrides the voice URL of the workspace's number. */
  readonly voiceUrl?: string | undefined
  readonly clientRequestId?: string | undefined
  /** False: no recording and no log entry per audio frame, for load. */
  readonly keepAudio: boolean
}

/** One call in the carrier's switch: how it stands, and all that was seen and heard of it. */
export class SimulatedCall implements Ticking {
  readonly callId: string = randomUUID()
  readonly sessionId: string = `HD_${randomBytes(6).toString('hex')}`
  readonly setup: CallSetup
  /** Everything the carrier saw and did, and when. */
  readonly log: CallLog = new CallLog()
  readonly startedAt = new Date()
  /** What the leg is connected to; silence when null. The verb that runs sets it. */
  media: Media | null = null
  /** Time on Dial legs, and on streams. */
  readonly usage = { dialledMs: 0, streamedMs: 0 }
  /** What a Record verb or a recorded Dial kept. */
  kept: { id: string, caller: Int16Array, played: Int16Array } | null = null

  readonly #answered = deferred<boolean>()
  readonly #ended = deferred<CallEnd>()
  readonly #settled = deferred<void>()
  readonly #life = new AbortController()
  #document = new AbortController()
  #redirectUrl: string | null = null
  #phone: Phone | null
  #status: CallStatus = 'ringing'
  #answeredAt: Date | null = null
  #endedAt: Date | null = null
  #end: CallEnd | null = null
  #digits = ''
  #onDigit: () => void = () => {}
  readonly #frame = new Int16Array(FRAME_SAMPLES)
  readonly #caller = new SampleTrack()
  readonly #played = new SampleTrack()
  readonly #kills: number[] = []
  #ticks = 0

  constructor (setup: CallSetup) {
    this.setup = setup
    this.#phone = setup.phone ?? null
  }

  /** True once somebody picked up; false when the call ended before. */
  get answered (): Promise<boolean> { return this.#answered.promise }
  get ended (): Promise<CallEnd> { return this.#ended.promise }
  /** After the end: each callback was delivered, or given up. */
  get settled (): Promise<void> { return this.#settled.promise }

  get status (): CallStatus { return this.#status }
  get answeredAt (): Date | null { return this.#answeredAt }
  get endedAt (): Date | null { return this.#endedAt }
  get end (): CallEnd | null { return this.#end }
  get isOver (): boolean { return this.#end !== null }
  get recording (): Recording { return { caller: this.#caller.samples, played: this.#played.samples, kills: this.#kills } }
  get behaviour (): CarrierBehaviour { return this.setup.behaviour }
  /** The workspace's number. */
  get localNumber (): string { return this.setup.direction === 'inbound' ? this.setup.to : this.setup.from ?? '' }
  get remoteNumber (): string | null { return this.setup.direction === 'inbound' ? this.setup.from : this.setup.to }
  /** Aborted when the call is over. */
  get life (): AbortSignal { return this.#life.signal }
  /** Time since the answer, as the audio counts it. */
  get talkMs (): number { return this.#ticks * FRAME_MS }
  /** Until now, or in the end. */
  get costMinor (): number { return this.#end?.costMinor ?? this.#cost() }

  /** Whoever holds the phone puts it down. */
  hangUp (): void {
    this.finish('phone', 'normal_clearing')
  }

  /** Presses keys on the phone. */
  press (digits: string): void {
    if (this.isOver) return
    this.log.add({ type: 'digits', digits })
    this.#digits += digits
    this.#onDigit()
  }

  /** Takes the keys pressed so far; `onDigit` is called for each further press. */
  takeDigits (onDigit: () => void): string {
    const digits = this.#digits
    this.#digits = ''
    this.#onDigit = onDigit
    return digits
  }

  /** Ticks begin. A call that is answered already stays so. */
  answer (phone: Phone | null = this.#phone): void {
    if (this.#status !== 'ringing') return
    this.#phone = phone
    this.#status = 'answered'
    this.#answeredAt = new Date()
    this.log.add({ type: 'answered' })
    this.setup.clock.add(this)
    this.#answered.resolve(true)
  }

  /** Ends the call; the second end changes nothing. An end without an answer is told apart by `failure`. */
  finish (by: CallEnd['by'], cause: string, failure: CallStatus = by === 'phone' || by === 'api' ? 'canceled' : 'failed'): void {
    if (this.#end !== null) return
    const talkMs = this.#answeredAt === null ? 0 : this.talkMs
    this.#status = this.#answeredAt === null ? failure : 'completed'
    this.#endedAt = new Date()
    this.#end = {
      by,
      status: this.#status,
      cause,
      durationSeconds: Math.round(talkMs / 1000),
      costMinor: this.#cost()
    }
    this.setup.clock.remove(this)
    this.log.add({ type: 'ended', by, cause, durationSeconds: this.#end.durationSeconds, costMinor: this.#end.costMinor })
    this.#answered.resolve(false)
    this.#life.abort()
    this.#ended.resolve(this.#end)
  }

  #cost (): number {
    return costMinor({ direction: this.setup.direction, talkMs: this.#answeredAt === null ? 0 : this.talkMs, ...this.usage }, this.behaviour)
  }

  /** Nothing will happen any more. */
  settle (): void {
    this.log.close()
    this.#settled.resolve()
  }

  /** Leaves the document that runs for another. */
  redirect (url: string): void {
    this.log.add({ type: 'redirected', url })
    this.#redirectUrl = url
    this.#document.abort()
  }

  /** A document begins. Its signal is aborted when the call ends or is redirected. */
  beginDocument (): AbortSignal {
    this.#document = new AbortController()
    this.media = null
    return AbortSignal.any([this.#document.signal, this.#life.signal])
  }

  /** Where the call was redirected to while the last document ran. */
  takeRedirect (): string | null {
    const url = this.#redirectUrl
    this.#redirectUrl = null
    return url
  }

  /** A killAudio takes effect now. */
  noteKill (droppedMs: number): void {
    this.log.add({ type: 'killed', droppedMs })
    this.#kills.push(this.#ticks * FRAME_SAMPLES)
  }

  tick (): void {
    const phone = this.#phone
    if (phone === null) return
    this.#frame.fill(0)
    try {
      this.media?.play(this.#frame)
      const mic = phone.tick(this.#frame)
      this.#ticks++
      if (this.setup.keepAudio) {
        this.#played.append(this.#frame)
        this.#caller.append(mic)
      }
      this.media?.take(mic, this.#frame)
    } catch (err) {
      this.log.add({ type: 'fault', what: `phone: ${String(err)}` })
      this.finish('carrier', 'destination_out_of_order')
    }
    if (phone.hungUp === true) this.hangUp()
  }
}
