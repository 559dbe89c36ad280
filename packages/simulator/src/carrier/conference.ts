import { mixInto, type Media } from './media.ts'
import { FRAME_SAMPLES } from './phone.ts'

export interface SeatOptions { readonly startOnEnter: boolean, readonly endOnExit: boolean, readonly muted: boolean, readonly onEnd: () => void }

/** Named rooms: everybody in one hears the sum of the others, 20 ms late, once somebody has entered who starts it. */
export class ConferenceRooms {
  readonly #rooms = new Map<string, Set<Seat>>()

  /** Null when the room is full. */
  join (name: string, maxParticipants: number, options: SeatOptions): Seat | null {
    const seats = this.#rooms.get(name) ?? new Set()
    if (seats.size >= maxParticipants) return null
    this.#rooms.set(name, seats)
    const seat = new Seat(seats, options)
    seats.add(seat)
    return seat
  }

  leave (name: string, seat: Seat): void {
    const seats = this.#rooms.get(name)
    if (seats?.delete(seat) !== true) return
    if (seat.options.endOnExit) for (const other of seats) other.options.onEnd()
    if (seats.size === 0) this.#rooms.delete(name)
  }
}

export class Seat implements Media {
  readonly options: SeatOptions
  readonly #seats: ReadonlySet<Seat>
  readonly #mic = new Int16Array(FRAME_SAMPLES)

  constructor (seats: ReadonlySet<Seat>, options: SeatOptions) {
    this.#seats = seats
    this.options = options
  }

  play (frame: Int16Array): void {
    if (![...this.#seats].some(seat => seat.options.startOnEnter)) return
    for (const other of this.#seats) if (other !== this) mixInto(frame, other.#mic)
  }

  take (mic: Int16Array): void {
    if (!this.options.muted) this.#mic.set(mic)
  }
}
