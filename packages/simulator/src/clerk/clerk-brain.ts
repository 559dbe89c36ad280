import { openTextReader, recognise, soundsLikeText, type Recognised } from '@karani/speech'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Brain, BrainSession, ToolRequest, ToolResponse, Turn } from '../gemini/brain.ts'
import type { Move, ToolResult } from './clerk.ts'
import { clerkOf, hasCalled, tradeOf } from './clerks.ts'
import { Dialogue } from './dialogue.ts'
import { speak } from './speak.ts'

const Failure = Type.Object({ message: Type.String() })
/** How a client reports the result of a write whose call an interruption had cancelled. */
const LATE_RESULT = /while (\w+) was running\..*?(\{.*\})$/s

/** How a client asks for a figure to be taken back. */
const UNTRUE = /^You said "(.{1,100})"\. No tool returned/

/**
 * A stand-in for the cloud model's mind: it hears the caller by a small grammar, decides by rules, and speaks with a synthesiser.
 * English only, unless exact text comes as tones. It knows what its tools tell it, and its trade from the tools that were declared.
 */
export function clerkBrain (session: BrainSession): Brain {
  const { tools } = session.setup
  const dialogue = new Dialogue(clerkOf(tradeOf(tools), hasCalled(tools)))
  recognise(new Int16Array(0), dialogue.grammar).catch(() => {}) // wakes the recogniser up; what is wrong with it shows at the first words

  /** Says and asks what was decided. */
  async function make (turn: Turn, { say, call }: Move): Promise<void> {
    const said = say === undefined ? undefined : turn.say({ text: say, audio: speak(say) })
    if (call !== undefined) await ask(turn, call)
    await said
  }

  /** A tool that was not declared cannot be asked: its failure is known at once. */
  async function ask (turn: Turn, call: ToolRequest): Promise<void> {
    if (tools.every(({ name }) => name !== call.name)) {
      return await make(turn, dialogue.answered(call.name, { error: { message: 'I am sorry, I cannot do that on this line.' } }))
    }
    turn.callTools([call])
  }

  return {
    async onSpeechEnd (turn, { samples }) {
      const heard = await textIn(samples) ?? await recognise(samples, dialogue.grammar)
      if (turn.signal.aborted) return
      if (heard.text !== '') turn.heard(heard.text)
      await make(turn, dialogue.hear(heard))
    },

    async onText (turn, text) {
      const [, untrue] = UNTRUE.exec(text) ?? []
      if (untrue !== undefined) return await make(turn, dialogue.takeBack(untrue))
      const [, tool, response] = LATE_RESULT.exec(text) ?? []
      await make(turn, tool === undefined ? dialogue.told(text) : dialogue.answered(tool, resultOf(parse(response!))))
    },

    async onToolResponses (turn, responses) {
      for (const { name, response } of responses.filter(isLast)) await make(turn, dialogue.answered(name, resultOf(response)))
    }
  }
}

/** Callers whose words the recogniser does not have send them as tones. */
async function textIn (samples: Int16Array): Promise<Recognised | undefined> {
  if (!soundsLikeText(samples)) return undefined
  const [text] = (await openTextReader()).push(samples)
  return text === undefined ? undefined : { text: text.toLowerCase(), confidence: 1 }
}

function isLast ({ willContinue }: ToolResponse): boolean {
  return !willContinue
}

/** Clients answer with `output`, `error`, or an object of their own. */
function resultOf (response: Readonly<Record<string, unknown>>): ToolResult {
  if (!('error' in response)) return { output: 'output' in response ? response.output : response }
  return { error: { message: Value.Check(Failure, response.error) ? response.error.message : 'I am sorry, that did not work.' } }
}

function parse (json: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(json) as Record<string, unknown>
  } catch {
    return { error: {} }
  }
}
