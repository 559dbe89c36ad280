const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1

/** Fails on import rather than playing noise: views below read and write samples in the order of the machine. */
if (!LITTLE_ENDIAN) throw new Error('PCM on the wire is little-endian; this machine is not')

/** The samples in signed 16-bit little-endian `bytes`; a last odd byte is left out. A view, unless `bytes` begins at an odd address. */
export function samplesOf (bytes: Uint8Array): Int16Array {
  const length = bytes.byteLength >> 1
  if (bytes.byteOffset % 2 === 0) return new Int16Array(bytes.buffer, bytes.byteOffset, length)
  return new Int16Array(Uint8Array.prototype.slice.call(bytes, 0, length * 2).buffer) // a Buffer's own slice would not copy
}

/** The same memory as bytes, as they go on the wire. */
export function bytesOf (samples: Int16Array): Uint8Array {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)
}

export function concatSamples (parts: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** How many samples `ms` are; fractions of a sample are rounded away. */
export function samplesIn (ms: number, sampleRateHz: number): number {
  return Math.round(ms * sampleRateHz / 1000)
}
