import { concatSamples, rms } from '@karani/audio'
import { synthesize } from '@karani/speech'
import t from 'tap'
import { clerkBrain } from '../../src/clerk/index.ts'
import { ready, start, type RawClient } from '../gemini/raw-client.ts'

const SETUP = {
  inputAudioTranscription: {},
  tools: [{ functionDeclarations: ['verifyIdentity', 'getAccount', 'recordPromiseToPay', 'escalate', 'endCall'].map((name) => ({ name, behavior: 'NON_BLOCKING' })) }]
}

const ANSWERS: Readonly<Record<string, object>> = {
  verifyIdentity: { output: { verified: true, triesLeft: 2 } },
  getAccount: { output: { balanceKes: 2000, nextPaymentKes: 500, dueDateSpoken: 'Saturday 28 November, in 7 days', status: 'current' } },
  endCall: { output: { ended: true } }
}

async function say (client: RawClient, text: string): Promise<void> {
  client.hear(concatSamples([new Int16Array(3_200), await synthesize(text, { voice: 'rms' }), new Int16Array(16_000)]))
}

/** Answers the tool calls of a client as they come; returns their names so far. */
function serveTools (client: RawClient): string[] {
  const names: string[] = []
  client.socket.on('message', (data: Buffer) => {
    const { toolCall } = JSON.parse(data.toString()) as { toolCall?: { functionCalls: Array<{ id: string, name: string }> } }
    for (const { id, name } of toolCall?.functionCalls ?? []) {
      names.push(name)
      client.send({ toolResponse: { functionResponses: [{ id, name, response: ANSWERS[name] }] } })
    }
  })
  return names
}

const transcript = (client: RawClient): string => client.received.map(({ json }) => json.serverContent?.outputTranscription?.text ?? '').join('')

t.test('a borrower who speaks to the simulated service learns the balance, and says goodbye', async (t) => {
  const gemini = await start(t, { createBrain: clerkBrain, behaviour: { turnComplete: 'at-once' } })
  const client = await ready(t, gemini, SETUP)
  const asked = serveTools(client)
  await say(client, 'What is my balance?')
  await client.untilTurnComplete()
  t.match(transcript(client), /last four digits of your ID/)
  t.ok(rms(client.speech()) > 0.02, 'in speech, not only in text')
  await say(client, 'It is four eight two one, and I was born in nineteen ninety.')
  await client.until(() => /due on Saturday 28 November/.test(transcript(client)))
  t.match(transcript(client), /Your balance is KES 2,000/)
  await say(client, 'No thank you, goodbye.')
  await client.until(() => asked.includes('endCall'))
  t.same(asked, ['verifyIdentity', 'getAccount', 'endCall'])
  const heard = client.received.flatMap(({ json }) => json.serverContent?.inputTranscription?.text ?? [])
  t.match(heard.join(' '), /what is my balance.*four eight two one.*goodbye/)
})
