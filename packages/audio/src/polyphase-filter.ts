/** Taps of each phase: 1 ms of delay at 24 kHz, aliases below -80 dB from 9 kHz on (24 -> 16 kHz). A multiple of 8, for the inner loop. */
export const TAPS_PER_PHASE = 48
const KAISER_BETA = 8
/** Of half the lower rate: the rest is the transition band. */
const CUTOFF = 0.92

/** A windowed sinc at `up` times the input rate, cut into `up` phases. Immutable and shared by all streams of one rate pair. */
export interface PolyphaseFilter {
  /** Output rate to input rate in lowest terms is `up` to `down`. */
  readonly up: number
  readonly down: number
  /** Row `phase` is the `TAPS_PER_PHASE` coefficients from `phase * TAPS_PER_PHASE` on, in the order of the input samples. */
  readonly rows: Float64Array
}

const filters = new Map<string, PolyphaseFilter>()

/** @throws RangeError if a rate is not a positive whole number */
export function polyphaseFilter (fromHz: number, toHz: number): PolyphaseFilter {
  const key = `${fromHz}/${toHz}`
  const filter = filters.get(key) ?? designFilter(fromHz, toHz)
  filters.set(key, filter)
  return filter
}

function designFilter (fromHz: number, toHz: number): PolyphaseFilter {
  for (const hz of [fromHz, toHz]) if (!Number.isInteger(hz) || hz < 1) throw new RangeError(`not a sample rate: ${hz}`)
  const divisor = greatestCommonDivisor(fromHz, toHz)
  const up = toHz / divisor
  const down = fromHz / divisor
  const centre = up * TAPS_PER_PHASE / 2
  const cyclesPerSample = CUTOFF * Math.min(fromHz, toHz) / 2 / (fromHz * up)
  const rows = new Float64Array(up * TAPS_PER_PHASE)
  for (let phase = 0; phase < up; phase++) {
    const row = rows.subarray(phase * TAPS_PER_PHASE, (phase + 1) * TAPS_PER_PHASE)
    for (let tap = 0; tap < TAPS_PER_PHASE; tap++) {
      const offset = phase + (TAPS_PER_PHASE - 1 - tap) * up - centre
      row[tap] = sinc(2 * cyclesPerSample * offset) * kaiser(offset / centre)
    }
    const gain = row.reduce((sum, coefficient) => sum + coefficient, 0)
    row.forEach((coefficient, tap) => { row[tap] = coefficient / gain }) // silence and hum pass unchanged in every phase
  }
  return { up, down, rows }
}

function greatestCommonDivisor (a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

function sinc (x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
}

/** The Kaiser window over -1..1. */
function kaiser (x: number): number {
  return besselI0(KAISER_BETA * Math.sqrt(Math.max(0, 1 - x * x))) / besselI0(KAISER_BETA)
}

function besselI0 (x: number): number {
  let sum = 1
  for (let k = 1, term = 1; term > sum * 1e-17; k++) {
    term *= (x / 2 / k) ** 2
    sum += term
  }
  return sum
}
