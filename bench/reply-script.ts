import { bytesOf, tone } from '@karani/audio'

const RATE_HZ = 24_000
/** What the model sends of one reply, 2 s in all, as traced from Gemini Live: chunks of very different length. */
const CHUNKS_MS = [50, 160, 200, 200, 320, 320, 200, 160, 320, 70]
/** Audio comes this much faster than it is played. */
const BURST = 3.5
/** Words come along with these chunks. */
const WORDS: ReadonlyMap<number, string> = new Map([[0, 'Your balance is'], [3, ' four thousand two hundred shillings,'], [7, ' due on Friday.']])

/** One message of the model, and how much of the reply's audio has been sent with it. */
export interface ScriptedMessage { readonly atMs: number, readonly audioMs: number, readonly frame: Buffer }

/** A reply as Gemini Live sends it: in bursts, `generationComplete` after the last chunk, `turnComplete` when it would have been played. */
export const REPLY: readonly ScriptedMessage[] = scriptReply()
export const REPLY_MS = CHUNKS_MS.reduce((sum, ms) => sum + ms, 0)

function scriptReply (): ScriptedMessage[] {
  const messages: ScriptedMessage[] = [message(0, 0, { serverContent: { inputTranscription: { text: 'What do I still owe?' } } })]
  let audioMs = 0
  CHUNKS_MS.forEach((ms, n) => {
    const atMs = audioMs / BURST
    audioMs += ms
    const data = Buffer.from(bytesOf(tone(500, ms, RATE_HZ))).toString('base64')
    const text = WORDS.get(n)
    messages.push(message(atMs, audioMs, {
      serverContent: {
        modelTurn: { role: 'model', parts: [{ inlineData: { mimeType: `audio/pcm;rate=${RATE_HZ}`, data } }] },
        ...(text !== undefined && { outputTranscription: { text } })
      }
    }))
  })
  messages.push(message(audioMs / BURST, audioMs, { serverContent: { generationComplete: true } }))
  messages.push(message(audioMs, audioMs, { serverContent: { turnComplete: true }, usageMetadata: { promptTokenCount: 900, responseTokenCount: 50, totalTokenCount: 950 } }))
  return messages
}

/** The service sends its JSON in binary frames. */
function message (atMs: number, audioMs: number, content: object): ScriptedMessage {
  return { atMs, audioMs, frame: Buffer.from(JSON.stringify(content)) }
}
