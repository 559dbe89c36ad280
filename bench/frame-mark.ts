/** 20 ms of 16-bit mono at 16 kHz. */
export const FRAME_BYTES = 640

export interface FrameMark { readonly call: number, readonly sequence: number }

/** What a marked frame's audio looks like inside the JSON of a model message. */
const DATA = '"data":"'
/** Six samples, each no louder than a byte can say, so that marked silence is still silence. In base64: 16 characters. */
const MARK_BASE64_CHARS = 16

/** Writes into the first samples which frame of which call this is. */
export function markFrame (frame: Buffer, { call, sequence }: FrameMark): void {
  frame.writeUInt16LE(sequence & 255, 0)
  frame.writeUInt16LE(sequence >> 8 & 255, 2)
  frame.writeUInt16LE(sequence >> 16 & 255, 4)
  frame.writeUInt16LE(sequence >> 24 & 255, 6)
  frame.writeUInt16LE(call & 255, 8)
  frame.writeUInt16LE(call >> 8, 10)
}

/** The mark of the frame in a `realtimeInput` message, read without parsing the message; null when it carries no audio. */
export function readFrameMark (message: Buffer): FrameMark | null {
  const at = message.indexOf(DATA)
  if (at < 0) return null
  const mark = Buffer.from(message.toString('latin1', at + DATA.length, at + DATA.length + MARK_BASE64_CHARS), 'base64')
  return { call: mark[8]! | mark[10]! << 8, sequence: mark[0]! | mark[2]! << 8 | mark[4]! << 16 | mark[6]! << 24 }
}
