import type { CreateBrain, Mishap, Speech, ToolRequest, ToolResponse, Turn } from '../brain.ts'

/** What the model does with one input, in this order. */
export interface ScriptStep {
  readonly heard?: string
  readonly say?: Speech
  readonly call?: readonly ToolRequest[]
  /** Said without waiting for the tools: heard before the answer when they are NON_BLOCKING, after it when they are BLOCKING. */
  readonly meanwhile?: Speech
  /** What goes wrong once everything is said. */
  readonly mishap?: Mishap
  /** What the model does when its calls are answered. */
  readonly answered?: ScriptStep
}

export interface Script {
  /** Unasked, as soon as the session is ready. */
  readonly opening?: ScriptStep
  /** One step for each time the caller stops speaking; beyond the last the model has nothing to say. */
  readonly speech?: readonly ScriptStep[]
  /** One step for each text of the client; texts are ignored when this is left out. */
  readonly texts?: readonly ScriptStep[]
}

/** Plays a script, whatever the caller really says. */
export function scriptBrain ({ opening, speech = [], texts }: Script): CreateBrain {
  return (session) => {
    const toSay = [...speech]
    const toType = [...texts ?? []]
    const unanswered: Array<{ ids: Set<string>, step: ScriptStep }> = []

    const play = async (turn: Turn, step: ScriptStep = {}): Promise<void> => {
      const said: Array<Promise<void>> = []
      if (step.heard !== undefined) turn.heard(step.heard)
      if (step.say !== undefined) said.push(turn.say(step.say))
      if (step.call !== undefined) unanswered.push({ ids: new Set(turn.callTools(step.call).map(({ id }) => id)), step: step.answered ?? {} })
      if (step.meanwhile !== undefined) said.push(turn.say(step.meanwhile))
      await Promise.all(said)
      if (step.mishap !== undefined && !turn.signal.aborted) session.fault(step.mishap)
    }

    if (opening !== undefined) session.takeTurn((turn) => play(turn, opening))
    return {
      onSpeechEnd: (turn) => play(turn, toSay.shift()),
      ...(texts !== undefined && { onText: (turn: Turn) => play(turn, toType.shift()) }),
      onToolResponses: async (turn, responses) => {
        for (const step of answeredBy(responses, unanswered)) await play(turn, step)
      }
    }
  }
}

/** The steps whose calls are now all answered, each once. */
function answeredBy (responses: readonly ToolResponse[], unanswered: Array<{ ids: Set<string>, step: ScriptStep }>): ScriptStep[] {
  for (const { id, willContinue } of responses) {
    if (!willContinue) for (const { ids } of unanswered) ids.delete(id)
  }
  const answered = unanswered.filter(({ ids }) => ids.size === 0)
  unanswered.splice(0, unanswered.length, ...unanswered.filter(({ ids }) => ids.size > 0))
  return answered.map(({ step }) => step)
}
