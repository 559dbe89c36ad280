/** Taps of each phase: 1 ms of delay at 24 kHz, aliases below -80 dB from 9 kHz on (24 -> 16 kHz). `fir.wat` is written for this number. */
export const TAPS_PER_PHASE = 48
const KAISER_BETA = 8
/** Of half the lower rate: the rest is the transition band. */
const CUTOFF = 0.92
/** 1.0 of a coefficient, in Q15. */
const UNITY = 32_768

/** A windowed sinc at `up` times the input rate, cut into `up` phases. Immutable and shared by all streams of one rate pair. */
export interface PolyphaseFilter {
  /** Output rate to input rate in lowest terms is `up` to `down`. */
  readonly up: number
  readonly down: number
  /** By phase: `TAPS_PER_PHASE` coefficients in Q15, in the order of the input samples. */
  readonly rows: readonly Int16Array[]
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
  const rows = Array.from({ length: up }, (_, phase) => inQ15(Array.from({ length: TAPS_PER_PHASE }, (_, tap) => {
    const offset = phase + (TAPS_PER_PHASE - 1 - tap) * up - centre
    return sinc(2 * cyclesPerSample * offset) * kaiser(offset / centre)
  })))
  return { up, down, rows }
}

/** Scaled so that the coefficients add up to exactly 1: silence and hum pass unchanged in every phase. */
function inQ15 (row: readonly number[]): Int16Array {
  const gain = row.reduce((sum, coefficient) => sum + coefficient, 0)
  const exact = row.map(coefficient => coefficient / gain * UNITY)
  const coefficients = Int16Array.from(exact, Math.floor)
  const missing = UNITY - coefficients.reduce((sum, coefficient) => sum + coefficient, 0)
  const byRemainder = exact.map((value, tap) => ({ tap, remainder: value - Math.floor(value) })).sort((a, b) => b.remainder - a.remainder)
  for (const { tap } of byRemainder.slice(0, missing)) coefficients[tap]!++
  return coefficients
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
