const BEFORE = Buffer.from('{"realtimeInput":{"audio":{"data":"', 'latin1')
const AFTER = Buffer.from('","mimeType":"audio/pcm;rate=16000"}}}', 'latin1')

let scratch = Buffer.alloc(0)

/**
 * The message that carries caller audio (16 kHz PCM, any even number of bytes) to Gemini Live, in UTF-8.
 * The hot path upwards: the bytes are overwritten by the next call, so they have to be sent or copied before it.
 */
export function audioMessage (pcm: Uint8Array): Buffer {
  const bytes = Buffer.isBuffer(pcm) ? pcm : Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength)
  const base64 = bytes.toString('base64')
  const end = BEFORE.length + base64.length
  if (scratch.length < end + AFTER.length) {
    scratch = Buffer.alloc(end + AFTER.length)
    BEFORE.copy(scratch)
  }
  scratch.write(base64, BEFORE.length, 'latin1')
  AFTER.copy(scratch, end)
  return scratch.subarray(0, end + AFTER.length)
}
