import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { WebSocket, type RawData } from 'ws'
import { Loudspeaker } from './loudspeaker.ts'

/** What the phone plays, as the simulator sends it: 16-bit mono, 20 ms a message. */
const SAMPLE_RATE_HZ = 16_000
const Complaint = Type.Object({ type: Type.Literal('error'), message: Type.String() })

const HOW_TO = 'Type what the caller says. /1 presses a key, Ctrl-D hangs up.'
const TO_HEAR = 'To hear the clerk here, install aplay (alsa-utils), sox or ffplay.'

/**
 * A person's phone: what is typed is spoken into the call, what the phone plays is heard, where this machine can play.
 * The end of the typing hangs up.
 */
export class KeyboardPhone {
  readonly #socket: WebSocket
  readonly #speaker = new Loudspeaker(SAMPLE_RATE_HZ)
  readonly #keyboard = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ' })
  #isPrompting = process.stdout.isTTY

  /** Picks up the phone at this WebSocket. */
  static async pickUp (url: string): Promise<KeyboardPhone> {
    const socket = new WebSocket(url)
    await once(socket, 'open')
    return new KeyboardPhone(socket)
  }

  private constructor (socket: WebSocket) {
    this.#socket = socket
    socket.on('error', () => {}) // the end of the call tells
    socket.on('message', (data, isBinary) => isBinary ? this.#speaker.play(data as Buffer) : this.#hear(data))
    this.#keyboard.on('line', line => this.#say(line.trim()))
    this.#keyboard.on('close', () => this.hangUp())
    this.print(this.#speaker.isThere ? HOW_TO : `${HOW_TO} ${TO_HEAR}`)
  }

  /** A line about the call, without tearing apart what is being typed. */
  print (line: string): void {
    process.stdout.write(this.#isPrompting ? `\r\u001b[K${line}\n` : `${line}\n`)
    if (this.#isPrompting) this.#keyboard.prompt(true)
  }

  hangUp (): void {
    this.#isPrompting = false // a prompt would wake the closed keyboard
    this.#socket.close()
    this.#speaker.close()
    this.#keyboard.close()
  }

  #say (text: string): void {
    if (text !== '') this.#send(text.startsWith('/') ? { type: 'press', digits: text.slice(1) } : { type: 'say', text })
    if (this.#isPrompting) this.#keyboard.prompt()
  }

  #send (command: object): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(command))
  }

  #hear (data: RawData): void {
    const message = parse(String(data))
    if (Value.Check(Complaint, message)) this.print(message.message)
  }
}

function parse (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
