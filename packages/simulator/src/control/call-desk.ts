import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { encodeWav } from '@karani/audio'
import type { Lines } from '@karani/lines'
import { synthesize } from '@karani/speech'
import { livePhone, type LivePhone } from '../callers/live-phone.ts'
import { scenarios } from '../callers/scenarios/index.ts'
import { AMINA, CALLER_VOICE, leave, LISTEN, LISTEN_TO_OPENING, say, type Scenario } from '../callers/scenarios/scenario.ts'
import { scriptedPhone, type Step } from '../callers/scripted-phone.ts'
import { SAMPLE_RATE_HZ, type Phone } from '../carrier/phone.ts'
import type { CallStatus, SimulatedCall } from '../carrier/simulated-call.ts'
import type { Carrier } from '../carrier/start-carrier.ts'
import { CallerUnclearError, LineUnknownError, ScenarioUnknownError } from './errors.ts'

/** A call to place: the caller follows a scenario of the line, says some sentences, or is a person. */
export interface CallWish {
  /** The agent of a line, such as `lender`. */
  readonly line: string
  readonly scenario?: string
  readonly say?: string
  readonly interactive?: boolean
  readonly from?: string
  /** A number, instead of the line's own. */
  readonly to?: string
}

/** A person's phone: it is held by whoever listens to it. */
export interface HandPhone extends LivePhone {
  listener: ((heard: Int16Array) => void) | null
}

interface Placed {
  readonly call: SimulatedCall
  readonly phone: Phone
  /** Resolves with the path of the WAV file once it is written; null when there is none. */
  readonly recording: Promise<string | null>
  /** Undefined until then. */
  file?: string | null
}

/** A person's call is ended when nobody has taken the phone for so long. */
const UNHELD_MS = 30_000
/** Calls beyond this are forgotten, oldest first. */
const MAX_PLACED = 200

/** Places simulated calls from outside the process, and keeps what was said in them. */
export class CallDesk {
  readonly #carrier: Carrier
  readonly #lines: Lines
  readonly #dataDir: string
  readonly #placed = new Map<string, Placed>()

  constructor ({ carrier, lines, dataDir }: { carrier: Carrier, lines: Lines, dataDir: string }) {
    this.#carrier = carrier
    this.#lines = lines
    this.#dataDir = dataDir
  }

  /** Rings; resolves before anyone answers. */
  async place (wish: CallWish): Promise<{ callId: string, from: string, line: string }> {
    const to = this.#numberOf(wish)
    const { from, phone } = await this.#callerOf(wish)
    const call = await this.#carrier.ring({ from: wish.from ?? from, to, phone })
    const placed: Placed = { call, phone, recording: this.#record(call) }
    this.#placed.set(call.sessionId, placed)
    void placed.recording.then(file => { placed.file = file })
    for (const id of this.#placed.keys()) if (this.#placed.size > MAX_PLACED) this.#placed.delete(id)
    return { callId: call.sessionId, from: wish.from ?? from, line: to }
  }

  /** A call counts as over once its recording is on disk. */
  state (callId: string): { state: CallStatus, recording: string | null } | undefined {
    const placed = this.#placed.get(callId)
    if (placed === undefined) return undefined
    const { call, file } = placed
    return file === undefined ? { state: call.answeredAt === null ? 'ringing' : 'answered', recording: null } : { state: call.status, recording: file }
  }

  /** The phone of a call whose caller is a person, and what becomes of the call. */
  hand (callId: string): { phone: HandPhone, call: SimulatedCall, recording: Promise<string | null> } | undefined {
    const placed = this.#placed.get(callId)
    return placed !== undefined && 'listener' in placed.phone ? { ...placed, phone: placed.phone as HandPhone } : undefined
  }

  /** Resolves when every recording is written. */
  async close (): Promise<void> {
    await Promise.all([...this.#placed.values()].map(async ({ recording }) => await recording))
  }

  #numberOf ({ line, to }: CallWish): string {
    const found = this.#lines.lines.find(({ agent, number }) => to === undefined ? agent === line : number === to)
    if (found === undefined) throw new LineUnknownError(to ?? line)
    return found.number
  }

  async #callerOf (wish: CallWish): Promise<{ from: string, phone: Phone }> {
    if ([wish.scenario, wish.say, wish.interactive].filter(Boolean).length !== 1) throw new CallerUnclearError()
    if (wish.interactive === true) return { from: AMINA, phone: handPhone() }
    const { from, steps } = wish.say === undefined ? this.#scenario(wish) : { from: AMINA, steps: sentences(wish.say) }
    return { from, phone: await scriptedPhone(steps, async text => await synthesize(text, { voice: CALLER_VOICE })) }
  }

  #scenario ({ line, scenario: id = '' }: CallWish): Scenario {
    const scenario = scenarios().find(scenario => scenario.line === line && scenario.id === id)
    if (scenario === undefined) throw new ScenarioUnknownError(line, id)
    return scenario
  }

  /** A stereo file: the caller left, right what they heard. Null when there is nothing to write, or no room for it. */
  async #record (call: SimulatedCall): Promise<string | null> {
    await call.ended
    const { caller, played } = call.recording
    if (caller.length === 0) return null
    const file = path.join(this.#dataDir, `${call.sessionId}.wav`)
    try {
      await mkdir(this.#dataDir, { recursive: true })
      await writeFile(file, encodeWav([caller, played], SAMPLE_RATE_HZ))
      return file
    } catch (err) {
      console.error('a recording could not be written:', err)
      return null
    }
  }
}

/** Each sentence waits until the clerk has finished. */
function sentences (text: string): Step[] {
  const said = text.split(/(?<=[.?!])\s+/).filter(sentence => sentence !== '')
  return [LISTEN_TO_OPENING, ...said.flatMap(sentence => [say(sentence), LISTEN]), ...leave()]
}

function handPhone (): HandPhone {
  const live = livePhone({ onHeard: heard => phone.listener?.(heard) })
  const phone: HandPhone = Object.assign(live, { listener: null })
  setTimeout(() => { if (phone.listener === null) phone.hangUp() }, UNHELD_MS).unref()
  return phone
}
