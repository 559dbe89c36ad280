import { Type } from 'typebox'
import type { Briefing, Language, ToolContract } from './agent.ts'
import { oneLine } from './one-line.ts'

/** Asked by the house as the call begins; the clerk may ask it too, where no answer came in time. */
export const whomWeCall = {
  name: 'whomWeCall',
  description: 'Says whom this call is for: the first name to ask for. Only on a call that the business placed.',
  effect: 'read',
  parameters: Type.Object({}, { additionalProperties: false })
} satisfies ToolContract

export const callMeLater = {
  name: 'callMeLater',
  description: 'Notes that this person wants to be called at another time, or not now. Needs no identity check. Say what the result says. When it offers another time, ask whether that would do, and call it again with that time.',
  effect: 'write',
  parameters: Type.Object({
    wish: Type.Optional(Type.Enum(['call', 'not-now'], { type: 'string', description: "'call', the default: please call, then. 'not-now': not now or not today, and no time was named." })),
    when: Type.Optional(Type.String({ minLength: 1, maxLength: 80, description: "The time in the caller's own words, day and hour, such as 'after five', 'kesho saa mbili asubuhi'. Do not convert it." }))
  }, { additionalProperties: false })
} satisfies ToolContract

/** What the model is told when the opening was heard and nobody has spoken to it yet. */
export const BEGIN = 'Somebody has answered, and has heard the opening. Speak now: ask for the person.'
/** What the model is told when nobody has said anything for a while. */
export const QUIET = 'It has been quiet for a while. In one short sentence, ask whether anybody is there. Say no name, and nothing of why we call.'

const OPENING: Readonly<Record<Language, (name: string) => string>> = {
  'en-KE': name => `Hello, this is ${name}. I am Karani, an automated assistant.`,
  'sw-KE': name => `Habari, hapa ni ${name}. Mimi ni Karani, msaidizi wa kiotomatiki.`
}
const PLEASE_CALL: Readonly<Record<Language, (name: string, number: string) => string>> = {
  'en-KE': (name, number) => `This is ${name}. Please call us on ${number}. Thank you, and goodbye.`,
  'sw-KE': (name, number) => `Hapa ni ${name}. Tafadhali tupigie kwa namba ${number}. Asante, kwaheri.`
}

/** What a recorded voice says first to somebody whom the business rings: who it is, and nothing of why. */
export const callOpening = (legalName: string, language: Language): string => OPENING[language](oneLine(legalName, 60))

/** What a recorded voice leaves where nobody replies, a machine perhaps: nothing about anybody. */
export const pleaseCall = (legalName: string, line: string, language: Language): string => PLEASE_CALL[language](oneLine(legalName, 60), spelled(line))

/** The rules of a call that the business placed. `duties`: those of the trade. */
export function outreachRules ({ outreach, language, firstLook }: Briefing, duties: readonly string[]): readonly string[] {
  if (outreach === undefined) return []
  const { legalName, line } = outreach
  return [
    'Somebody has answered. You do not know who.',
    askFor(firstLook?.['askFor']),
    ...duties,
    'When nobody of that name is there, or it is a wrong number, apologise, call escalate with a reason that begins with wrong party, and end the call. Ask for no other number, nor where the person is.',
    'When the person cannot come to the phone now, leave no message: say that you will try another time, and end the call.',
    'When somebody wants to be called at another time, or not now, call callMeLater at once, whoever they are.',
    `When you hear a voicemail, a recording or another automated voice, say only "${PLEASE_CALL[language](oneLine(legalName, 60), spelled(line))}" and call endCall.`
  ]
}

function askFor (name: unknown): string {
  if (typeof name !== 'string') return 'First call whomWeCall, and ask whether you may speak with the person whom it names. When it names nobody, apologise for the disturbance, and end the call.'
  return `First ask: "May I speak with ${oneLine(name, 40)}?" Until you know that it is that person, say the name in no other sentence.`
}

/** Digit by digit, in groups of three. */
const spelled = (number: string): string => (number.replace(/\D/g, '').match(/\d{1,3}/g) ?? []).map(group => [...group].join(' ')).join(', ')
