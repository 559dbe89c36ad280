/** Measurements for tests and reports. Levels and amplitudes are parts of full scale: 1 is the loudest a sample can be. */
const FULL_SCALE = 32_768

/** A sine of `amplitude`. */
export function tone (hz: number, ms: number, sampleRateHz: number, amplitude = 0.5): Int16Array {
  const step = 2 * Math.PI * hz / sampleRateHz
  return Int16Array.from({ length: Math.round(ms * sampleRateHz / 1000) }, (_, n) => Math.round(Math.sin(n * step) * amplitude * (FULL_SCALE - 1)))
}

/** Root mean square; a full-scale sine has 0.707, silence 0. */
export function rms (samples: Int16Array): number {
  if (samples.length === 0) return 0
  let energy = 0
  for (const sample of samples) energy += sample * sample
  return Math.sqrt(energy / samples.length) / FULL_SCALE
}

/** The amplitude of the sine of `hz` in `samples`. */
export function toneLevel (samples: Int16Array, hz: number, sampleRateHz: number): number {
  const { cosine, sine } = fitTone(samples, hz, sampleRateHz)
  return Math.hypot(cosine, sine) / FULL_SCALE
}

/** The power of the sine of `hz` against all that is neither it nor a constant offset, in dB. */
export function sinadDb (samples: Int16Array, hz: number, sampleRateHz: number): number {
  const { cosine, sine, offset } = fitTone(samples, hz, sampleRateHz)
  const step = 2 * Math.PI * hz / sampleRateHz
  let rest = 0
  for (let n = 0; n < samples.length; n++) rest += (samples[n]! - offset - cosine * Math.cos(n * step) - sine * Math.sin(n * step)) ** 2
  return 10 * Math.log10((cosine * cosine + sine * sine) / 2 / (rest / samples.length))
}

/** The frequency of the strongest component; right to a small part of `sampleRateHz / samples.length`. */
export function dominantHz (samples: Int16Array, sampleRateHz: number): number {
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, samples.length)))
  const re = new Float64Array(size)
  const im = new Float64Array(size)
  samples.forEach((sample, n) => { re[n] = sample * (1 - Math.cos(2 * Math.PI * n / samples.length)) })
  fft(re, im)
  const level = (bin: number): number => Math.log(Math.hypot(re[bin]!, im[bin]!) + 1e-9)
  let peak = 1
  for (let bin = 2; bin < size / 2; bin++) if (level(bin) > level(peak)) peak = bin
  const [left, middle, right] = [level(peak - 1), level(peak), level(peak + 1)]
  const curve = left - 2 * middle + right
  return (peak + (curve === 0 ? 0 : (left - right) / 2 / curve)) * sampleRateHz / size
}

/** The least-squares fit of an offset and a sine: exact for any length, not only for whole periods. */
function fitTone (samples: Int16Array, hz: number, sampleRateHz: number): { cosine: number, sine: number, offset: number } {
  const step = 2 * Math.PI * hz / sampleRateHz
  let [c, s, cc, ss, cs, x, xc, xs] = [0, 0, 0, 0, 0, 0, 0, 0]
  samples.forEach((sample, n) => {
    const [cos, sin] = [Math.cos(n * step), Math.sin(n * step)]
    c += cos
    s += sin
    cc += cos * cos
    ss += sin * sin
    cs += cos * sin
    x += sample
    xc += sample * cos
    xs += sample * sin
  })
  const n = samples.length
  const determinant = (a: number[]): number =>
    a[0]! * (a[4]! * a[8]! - a[5]! * a[7]!) - a[1]! * (a[3]! * a[8]! - a[5]! * a[6]!) + a[2]! * (a[3]! * a[7]! - a[4]! * a[6]!)
  const whole = determinant([cc, cs, c, cs, ss, s, c, s, n])
  return {
    cosine: determinant([xc, cs, c, xs, ss, s, x, s, n]) / whole,
    sine: determinant([cc, xc, c, cs, xs, s, c, x, n]) / whole,
    offset: determinant([cc, cs, xc, cs, ss, xs, c, s, x]) / whole
  }
}

/** In place; the length is a power of two. */
function fft (re: Float64Array, im: Float64Array): void {
  const size = re.length
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1
    for (; j & bit; bit >>= 1) j ^= bit
    j ^= bit
    if (i < j) {
      [re[i], re[j]] = [re[j]!, re[i]!];
      [im[i], im[j]] = [im[j]!, im[i]!]
    }
  }
  for (let half = 1; half < size; half *= 2) {
    for (let k = 0; k < half; k++) {
      const [cos, sin] = [Math.cos(Math.PI * k / half), -Math.sin(Math.PI * k / half)]
      for (let i = k; i < size; i += 2 * half) {
        const j = i + half
        const [x, y] = [re[j]! * cos - im[j]! * sin, re[j]! * sin + im[j]! * cos]
        re[j] = re[i]! - x
        im[j] = im[i]! - y
        re[i] = re[i]! + x
        im[i] = im[i]! + y
      }
    }
  }
}
