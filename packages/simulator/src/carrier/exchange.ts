import type { ConferenceRooms } from './conference.ts'
import type { Pickup } from './phone.ts'
import type { SimulatedCall } from './simulated-call.ts'

/** How one of the workspace's numbers is routed. */
export interface NumberRouting {
  readonly id: string
  readonly number: string
  voiceUrl: string | null
  eventsUrl: string | null
  /** Signs the callbacks of this number, when set. */
  signingSecret: string | null
}

/** What calls need of the carrier around them. */
export interface Exchange {
  routing (number: string): NumberRouting | undefined
  /** What happens when `number` is rung. */
  pickup (from: string, number: string): Promise<Pickup>
  readonly rooms: ConferenceRooms
  /** The audio of a Say: 16 kHz. */
  speak (text: string, language: string | undefined): Promise<Int16Array>
  /** The audio of a Play: 16 kHz; rejects when it cannot be had. */
  load (url: string): Promise<Int16Array>
  /** Takes the price of an ended call from the wallet for good. */
  charge (call: SimulatedCall): void
  readonly workspaceId: string
  readonly random: () => number
  /** Where the recording of a call can be fetched, once there is one. */
  recordingUrl (recordingId: string): string
  /** Aborted when the carrier closes. */
  readonly closing: AbortSignal
}
