import { tone } from '@karani/audio'
import { once } from 'node:events'
import type { Test } from 'tap'
import WebSocket from 'ws'
import { PROMPT, startGemini, type Gemini, type GeminiOptions } from '../../src/gemini/index.ts'

export const PATH = '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent'
export const SETUP = { model: 'models/gemini-3.8-live' }

/** What a server message holds, as far as these tests look. */
export interface Received {
  readonly binary: boolean
  readonly atMs: number
  readonly text: string
  readonly json: {
    setupComplete?: { sessionId: string }
    serverContent?: {
      modelTurn?: { parts: Array<{ inlineData?: { mimeType: string, data: string }, text?: string, thought?: boolean }> }
      interrupted?: boolean
      generationComplete?: boolean
      turnComplete?: boolean
      turnCompleteReason?: string
      interactionStatus?: string
      inputTranscription?: { text: string, finished?: boolean }
      outputTranscription?: { text: string, finished?: boolean }
    }
    usageMetadata?: { promptTokenCount: number, responseTokenCount: number, totalTokenCount: number, promptTokensDetails: object[] }
    toolCall?: { functionCalls: Array<{ id: string, name: string, args: object }> }
    toolCallCancellation?: { ids: string[] }
    goAway?: { timeLeft: string }
    sessionResumptionUpdate?: { newHandle: string, resumable: boolean }
  }
}

/** A client that only knows WebSocket and JSON. */
export class RawClient {
  readonly socket: WebSocket
  readonly received: Received[] = []
  readonly closed: Promise<{ code: number, reason: string }>
  readonly #watchers = new Set<() => void>()

  constructor (url: string) {
    this.socket = new WebSocket(url)
    this.socket.on('message', (data: Buffer, binary) => {
      const text = data.toString()
      this.received.push({ binary, text, json: parse(text), atMs: performance.now() })
      for (const look of this.#watchers) look()
    })
    this.closed = new Promise((resolve) => this.socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })))
    this.socket.on('error', () => {})
  }

  send (message: object | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  }

  /** Audio of 16 kHz in frames of 20 ms, all at once. */
  hear (samples: Int16Array, mimeType = 'audio/pcm;rate=16000', frame = 320): void {
    for (let at = 0; at < samples.length; at += frame) {
      const data = Buffer.from(samples.slice(at, at + frame).buffer).toString('base64')
      this.send({ realtimeInput: { audio: { data, mimeType } } })
    }
  }

  /** Half a second of a tone, and the second of silence that ends it. */
  speak (hz = 400): void {
    this.hear(tone(hz, 500, 16_000))
    this.hear(new Int16Array(16_000))
  }

  /** The `nth` message (from 1) that fits, now or when it comes. Fails when the connection ends without it. */
  async until (fits: (json: Received['json']) => unknown, nth = 1): Promise<Received> {
    const { promise, resolve } = withResolvers<Received>()
    const look = (): void => {
      const found = this.received.filter(({ json }) => fits(json))[nth - 1]
      if (found !== undefined) resolve(found)
    }
    this.#watchers.add(look)
    look()
    const ended = this.closed.then(({ code, reason }) => { throw new Error(`closed ${code} ${reason}`) })
    return await Promise.race([promise, ended]).finally(() => this.#watchers.delete(look))
  }

  untilTurnComplete (nth = 1): Promise<Received> {
    return this.until((json) => json.serverContent?.turnComplete, nth)
  }

  /** The speech received so far, at 24 kHz. */
  speech (): Int16Array {
    const bytes = Buffer.concat(this.chunks())
    return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
  }

  chunks (): Buffer[] {
    return this.received.flatMap(({ json }) => {
      const parts = json.serverContent?.modelTurn?.parts
      return Array.isArray(parts) ? parts.flatMap(({ inlineData }) => inlineData === undefined ? [] : Buffer.from(inlineData.data, 'base64')) : []
    })
  }

  /** What came, in a word each, without repetitions of audio. */
  story (): string[] {
    const words = this.received.flatMap(({ json }) => Object.entries(json).flatMap(([kind, content]) => kind === 'serverContent' ? Object.keys(content as object) : [kind]))
    return words.filter((word, n) => word !== words[n - 1])
  }
}

export async function start (t: Test, options: GeminiOptions): Promise<Gemini> {
  const gemini = await startGemini({ keepAudio: true, ...options, behaviour: { ...PROMPT, ...options.behaviour } })
  t.teardown(() => gemini.close())
  return gemini
}

/** A connected client, before its setup. */
export async function connect (t: Test, gemini: Gemini, target = `${PATH}?key=k`): Promise<RawClient> {
  const client = new RawClient(gemini.url + target)
  t.teardown(() => client.socket.terminate())
  await once(client.socket, 'open')
  return client
}

/** A client whose setup was accepted. */
export async function ready (t: Test, gemini: Gemini, setup: object = {}): Promise<RawClient> {
  const client = await connect(t, gemini)
  client.send({ setup: { ...SETUP, ...setup } })
  await client.until((json) => json.setupComplete)
  return client
}

function withResolvers<T> (): { promise: Promise<T>, resolve: (value: T) => void } {
  let resolve!: (value: T) => void
  const promise = new Promise<T>((_resolve) => { resolve = _resolve })
  return { promise, resolve }
}

function parse (text: string): Received['json'] {
  try {
    return JSON.parse(text) as Received['json']
  } catch {
    return {}
  }
}
