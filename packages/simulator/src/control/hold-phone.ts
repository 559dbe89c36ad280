import { bytesOf } from '@karani/audio'
import { synthesize } from '@karani/speech'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { WebSocket } from 'ws'
import { CALLER_VOICE } from '../callers/scenarios/scenario.ts'
import type { SimulatedCall } from '../carrier/simulated-call.ts'
import type { HandPhone } from './call-desk.ts'

const Command = Type.Union([
  /** Speaks the text into the call. */
  Type.Object({ type: Type.Literal('say'), text: Type.String({ minLength: 1 }) }),
  Type.Object({ type: Type.Literal('press'), digits: Type.String({ pattern: '^[0-9*#]{1,32}$' }) }),
  Type.Object({ type: Type.Literal('hangUp') })
])

export interface HeldPhone { readonly phone: HandPhone, readonly call: SimulatedCall, readonly recording: Promise<string | null> }

/** A listener further behind than this misses what is played meanwhile. */
const MAX_BEHIND_BYTES = 64_000

/**
 * Joins a socket and the phone of a call. In: the commands above. Out: what the phone plays, binary, 16-bit mono at
 * 16 kHz, 20 ms a message; `{ type: 'error', message }` for what could not be done; at the end `{ type: 'ended', recording }`.
 * Closing the socket hangs up.
 */
export function holdPhone (socket: WebSocket, { phone, call, recording }: HeldPhone): void {
  const tell = (message: object): void => { if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message)) }
  let speaking = Promise.resolve()

  const speak = async (text: string): Promise<void> => {
    try {
      if (!phone.speak(await synthesize(text, { voice: CALLER_VOICE }))) tell({ type: 'error', message: 'too much is waiting to be said' })
    } catch (err) {
      tell({ type: 'error', message: err instanceof Error ? err.message : 'cannot be said' })
    }
  }

  socket.on('message', (data, isBinary) => {
    const command = isBinary ? null : parse((data as Buffer).toString())
    if (!Value.Check(Command, command)) return tell({ type: 'error', message: 'not understood' })
    switch (command.type) {
      case 'say': speaking = speaking.then(async () => await speak(command.text)); break
      case 'press': call.press(command.digits); break
      case 'hangUp': call.hangUp(); break
    }
  })
  socket.on('close', () => call.hangUp())
  socket.on('error', () => {})
  phone.listener = heard => {
    if (socket.readyState === socket.OPEN && socket.bufferedAmount < MAX_BEHIND_BYTES) socket.send(bytesOf(heard.slice()))
  }
  void recording.then(file => {
    tell({ type: 'ended', recording: file })
    socket.close(1000)
  })
}

function parse (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
