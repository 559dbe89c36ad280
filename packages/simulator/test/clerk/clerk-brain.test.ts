import { concatSamples, dominantHz, rms } from '@karani/audio'
import { synthesize } from '@karani/speech'
import t from 'tap'
import { clerkBrain } from '../../src/clerk/index.ts'
import type { BrainSession, Speech, ToolRequest, Turn, Utterance } from '../../src/gemini/brain.ts'

const TOOLS = ['verifyIdentity', 'getAccount', 'recordPromiseToPay', 'escalate', 'endCall']

function session (tools = TOOLS): BrainSession {
  return {
    id: 'session-1',
    setup: { model: 'gemini-3.8-live', instructions: '', voice: 'Kore', tools: tools.map((name) => ({ name, description: '', behavior: 'NON_BLOCKING' })) },
    now: () => 0,
    random: () => 0,
    takeTurn: () => {},
    fault: () => {}
  }
}

interface RecordedTurn extends Turn { readonly heardTexts: string[], readonly said: string[], readonly asked: ToolRequest[], readonly speech: Int16Array[] }

function recordedTurn (signal = new AbortController().signal): RecordedTurn {
  const turn = { heardTexts: [] as string[], said: [] as string[], asked: [] as ToolRequest[], speech: [] as Int16Array[] }
  return {
    ...turn,
    signal,
    heard: (text) => { turn.heardTexts.push(text) },
    async say ({ text, audio }: Speech) {
      turn.said.push(text ?? '')
      for await (const part of Symbol.asyncIterator in audio ? audio : [audio]) turn.speech.push(part)
    },
    callTools: (calls) => calls.map((call, n) => {
      turn.asked.push(call)
      return { id: `call-${n}`, ...call }
    })
  }
}

async function spoken (text: string): Promise<Utterance> {
  const speech = await synthesize(text, { voice: 'rms' })
  return { samples: concatSamples([new Int16Array(3_200), speech, new Int16Array(4_800)]), startMs: 0, endMs: 0 }
}

const answer = (name: string, response: Record<string, unknown>): { id: string, name: string, response: Record<string, unknown>, willContinue: boolean } => ({ id: 'call-0', name, response, willContinue: false })

t.test('it hears a borrower, asks its tools, and speaks of what they answered', async (t) => {
  const brain = clerkBrain(session())
  const first = recordedTurn()
  await brain.onSpeechEnd?.(first, await spoken('Hello, what is my balance?'))
  t.same(first.heardTexts, ['hello what is my balance'])
  t.match(first.said, [/last four digits/])
  const second = recordedTurn()
  await brain.onSpeechEnd?.(second, await spoken('It is four eight two one, and I was born in nineteen ninety.'))
  t.match(second.asked, [{ name: 'verifyIdentity', args: { nationalIdLast4: '4821', birthYear: 1990 } }])
  const third = recordedTurn()
  await brain.onToolResponses?.(third, [answer('verifyIdentity', { output: { verified: true, triesLeft: 2 } })])
  t.match(third.asked, [{ name: 'getAccount' }])
  const fourth = recordedTurn()
  await brain.onToolResponses?.(fourth, [answer('getAccount', { output: { balanceKes: 2000, nextPaymentKes: 500, dueDateSpoken: 'Saturday 28 November, in 7 days', status: 'current' } })])
  t.same(fourth.said, ['Your balance is KES 2,000. KES 500 is due on Saturday 28 November.'])
  t.ok(fourth.speech.length > 2, 'the first sentence leaves before the second is made')
})

t.test('it speaks at the rate of the model: a woman in the range of a woman', async (t) => {
  const turn = recordedTurn()
  await clerkBrain(session()).onText?.(turn, 'The caller is on the line. Greet them.')
  const speech = concatSamples(turn.speech)
  t.ok(rms(speech) > 0.02)
  const seconds = speech.length / 24_000
  t.ok(seconds > 0.6 && seconds < 1.6, `${seconds} s for "${turn.said[0]}"`)
  t.ok(dominantHz(speech, 24_000) < 1_000)
})

t.test('a goodbye is said before the call is ended', async (t) => {
  const turn = recordedTurn()
  await clerkBrain(session()).onSpeechEnd?.(turn, await spoken('No, thank you. Goodbye.'))
  t.match(turn.said, [/Goodbye/])
  t.match(turn.asked, [{ name: 'endCall' }])
})

t.test('noise is not taken for words', async (t) => {
  const turn = recordedTurn()
  let seed = 3
  const samples = Int16Array.from({ length: 16_000 }, () => {
    seed = (seed * 16_807) % 2_147_483_647
    return seed % 4_000 - 2_000
  })
  await clerkBrain(session()).onSpeechEnd?.(turn, { samples, startMs: 0, endMs: 1_000 })
  t.match(turn.said, [/again/])
  t.same(turn.asked, [])
})

t.test('nothing is said in a turn that was cut', async (t) => {
  const turn = recordedTurn(AbortSignal.abort())
  await clerkBrain(session()).onSpeechEnd?.(turn, await spoken('What is my balance?'))
  t.same([turn.heardTexts, turn.said, turn.asked], [[], [], []])
})

t.test('a tool that was not declared is not asked', async (t) => {
  const turn = recordedTurn()
  await clerkBrain(session(['verifyIdentity'])).onSpeechEnd?.(turn, await spoken('I want to speak to a person'))
  t.same(turn.asked, [])
  t.match(turn.said, [/cannot do that on this line/])
})

t.test('the result of a write that outlived an interruption is told', async (t) => {
  const turn = recordedTurn()
  const result = { output: { stored: true, message: 'A person of the team will call you back.' } }
  await clerkBrain(session()).onText?.(turn, `The caller interrupted while escalate was running. It has run all the same. Tell the caller its result: ${JSON.stringify(result)}`)
  t.match(turn.said, [/A person of the team will call you back/])
})

t.test('a figure that it is told to take back is taken back, and what is true is looked up again', async (t) => {
  const brain = clerkBrain(session())
  await brain.onToolResponses?.(recordedTurn(), [answer('verifyIdentity', { output: { verified: true, triesLeft: 2 } })])
  const lie = recordedTurn()
  await brain.onSpeechEnd?.(lie, await spoken('Guess what I will owe next month'))
  t.match(lie.said, [/KES 5,000/])
  const turn = recordedTurn()
  await brain.onText?.(turn, 'You said "KES 5,000". No tool returned that figure, and the caller did not name it. Correct yourself now.')
  t.match(turn.said, ['I am sorry. I said KES 5,000, and that was wrong.'])
  t.match(turn.asked, [{ name: 'getAccount' }])
})
