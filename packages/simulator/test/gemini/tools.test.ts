import { tone } from '@karani/audio'
import t from 'tap'
import { ONE_BURST, scriptBrain, STRANGE, toneSpeech, type CreateBrain, type GeminiBehaviour, type Script, type ToolResponse } from '../../src/gemini/index.ts'
import { ready, start, type RawClient } from './raw-client.ts'

const tools = (behavior: string): object => ({ tools: [{ functionDeclarations: [{ name: 'getMenu', behavior }, { name: 'getTotal', behavior }] }] })
const BLOCKING = tools('BLOCKING')
const FILLER = toneSpeech({ hz: 500, ms: 40 })
const ANSWER = toneSpeech({ hz: 900, ms: 40 })
const SCRIPT: Script = {
  speech: [{
    say: FILLER,
    call: [{ id: 'm', name: 'getMenu', args: { for: 'lunch' } }, { id: 't', name: 'getTotal', args: {} }],
    meanwhile: toneSpeech({ hz: 500, ms: 10 }),
    answered: { say: ANSWER }
  }]
}
const answer = (client: RawClient, ...responses: object[]): void =>
  client.send({ toolResponse: { functionResponses: responses.map((response) => ({ name: 'getMenu', response: { output: 'x' }, ...response })) } })
const content = ['modelTurn', 'generationComplete', 'turnComplete', 'usageMetadata']

t.test('a BLOCKING call silences the model until every id is answered, all in one turn', async (t) => {
  const gemini = await start(t, { createBrain: scriptBrain(SCRIPT) })
  const client = await ready(t, gemini, BLOCKING)
  client.speak()
  const { json } = await client.until((json) => json.toolCall)
  t.same(json.toolCall?.functionCalls, [{ id: 'm', name: 'getMenu', args: { for: 'lunch' } }, { id: 't', name: 'getTotal', args: {} }])
  const { log } = await gemini.session(1)
  answer(client, { id: 'm' })
  await log.until('tool-response')
  t.same(client.story(), ['setupComplete', 'modelTurn', 'toolCall'])
  answer(client, { id: 't' })
  await client.untilTurnComplete()
  t.same(client.story(), ['setupComplete', 'modelTurn', 'toolCall', ...content])
  t.same(log.all('tool-response').map(({ id, verdict }) => [id, verdict]), [['m', 'accepted'], ['t', 'accepted']])
})

t.test('a NON_BLOCKING call lets the model talk on and end its turn; the answer gets a turn of its own', async (t) => {
  const gemini = await start(t, { createBrain: scriptBrain(SCRIPT) })
  const client = await ready(t, gemini, tools('NON_BLOCKING'))
  client.speak()
  await client.untilTurnComplete()
  t.same(client.story(), ['setupComplete', 'modelTurn', 'toolCall', ...content])
  answer(client, { id: 'm' }, { id: 't' })
  await client.untilTurnComplete(2)
  t.same(client.story().slice(-4), content)
})

t.test('a function without a behavior follows its model', async (t) => {
  for (const [model, blocks] of [['models/gemini-3.8-live', false], ['models/gemini-3.1-flash-live-preview', true]] as const) {
    const gemini = await start(t, { createBrain: scriptBrain(SCRIPT) })
    const client = await ready(t, gemini, { model, tools: [{ functionDeclarations: [{ name: 'getMenu' }, { name: 'getTotal' }] }] })
    client.speak()
    if (!blocks) await client.untilTurnComplete()
    await client.until((json) => json.toolCall)
    answer(client, { id: 'm' }, { id: 't' })
    await client.untilTurnComplete(blocks ? 1 : 2)
    t.equal((await gemini.session(1)).log.all('turn-opened').length, blocks ? 1 : 2)
  }
})

const LONG_FILLER: Script = { speech: [{ call: [{ id: 'm', name: 'getMenu', args: {} }], meanwhile: toneSpeech({ hz: 500, ms: 400 }), answered: { say: ANSWER } }] }

t.test('WHEN_IDLE waits until the model has finished', async (t) => {
  const gemini = await start(t, { createBrain: scriptBrain(LONG_FILLER) })
  const client = await ready(t, gemini, tools('NON_BLOCKING'))
  client.speak()
  await client.until((json) => json.serverContent?.modelTurn)
  answer(client, { id: 'm', scheduling: 'WHEN_IDLE' })
  await client.untilTurnComplete(2)
  t.same(client.story(), ['setupComplete', 'toolCall', ...content, ...content])
})

t.test('WHEN_IDLE waits while the caller speaks', async (t) => {
  const gemini = await start(t, { createBrain: scriptBrain({ speech: [{ call: [{ id: 'm', name: 'getMenu', args: {} }], answered: { say: ANSWER } }] }) })
  const client = await ready(t, gemini, tools('NON_BLOCKING'))
  client.speak()
  await client.untilTurnComplete()
  client.hear(tone(400, 200, 16_000))
  answer(client, { id: 'm' })
  const { log } = await gemini.session(1)
  await log.until('tool-response')
  t.equal(log.all('turn-opened').length, 1)
  client.hear(new Int16Array(16_000))
  await client.untilTurnComplete(3)
  t.ok(log.all('turn-opened')[1]!.atMs >= log.all('speech-ended')[1]!.atMs)
})

t.test('INTERRUPT cuts the model', async (t) => {
  const speech = [{ call: [{ id: 'm', name: 'getMenu', args: {} }], meanwhile: toneSpeech({ hz: 500, ms: 20_000 }), answered: { say: ANSWER } }]
  const gemini = await start(t, { createBrain: scriptBrain({ speech }), behaviour: ONE_BURST })
  const client = await ready(t, gemini, tools('NON_BLOCKING'))
  client.speak()
  await client.until((json) => json.serverContent?.modelTurn)
  answer(client, { id: 'm', scheduling: 'INTERRUPT' })
  await client.untilTurnComplete(2)
  t.same(client.story(), ['setupComplete', 'toolCall', 'modelTurn', 'generationComplete', 'interrupted', 'turnComplete', 'usageMetadata', ...content])
})

t.test('SILENT tells the model and is not spoken about', async (t) => {
  const told: ToolResponse[] = []
  const createBrain: CreateBrain = () => ({
    onSpeechEnd: (turn) => { turn.callTools([{ id: 'm', name: 'getMenu', args: {} }]) },
    onToolResponses: async (turn, responses) => {
      told.push(...responses)
      await turn.say(ANSWER)
    }
  })
  const gemini = await start(t, { createBrain })
  const client = await ready(t, gemini, tools('NON_BLOCKING'))
  client.speak()
  await client.untilTurnComplete()
  answer(client, { id: 'm', scheduling: 'SILENT' })
  await (await gemini.session(1)).log.until('tool-response')
  t.match(told, [{ id: 'm', response: { output: 'x' }, willContinue: false }])
  t.notOk(client.received.some(({ json }) => json.serverContent?.modelTurn))
})

t.test('willContinue keeps a call open', async (t) => {
  const gemini = await start(t, { createBrain: scriptBrain(SCRIPT) })
  const client = await ready(t, gemini, BLOCKING)
  client.speak()
  await client.until((json) => json.toolCall)
  answer(client, { id: 'm', willContinue: true }, { id: 't' })
  answer(client, { id: 'm' })
  await client.untilTurnComplete()
  const { log } = await gemini.session(1)
  t.same(log.all('tool-response').map(({ verdict }) => verdict), ['accepted', 'accepted', 'accepted'])
})

t.test('a second answer to one call is a duplicate and changes nothing', async (t) => {
  const gemini = await start(t, { createBrain: scriptBrain(SCRIPT) })
  const client = await ready(t, gemini, tools('NON_BLOCKING'))
  client.speak()
  await client.untilTurnComplete()
  answer(client, { id: 'm' }, { id: 't' }, { id: 'm' })
  await client.untilTurnComplete(2)
  const { log } = await gemini.session(1)
  t.same(log.all('tool-response').map(({ verdict }) => verdict), ['accepted', 'accepted', 'duplicate'])
  t.equal(log.all('turn-opened').length, 2)
})

t.test('the last of the speech may trail behind the tool call', async (t) => {
  const gemini = await start(t, { createBrain: scriptBrain(SCRIPT), behaviour: { trailingAudioMs: 20, chunkBytes: [960] } })
  const client = await ready(t, gemini, BLOCKING)
  client.speak()
  await client.until((json) => json.serverContent?.modelTurn, 2)
  const { log } = await gemini.session(1)
  await client.until((json) => json.toolCall)
  t.same(client.story(), ['setupComplete', 'modelTurn', 'toolCall', 'modelTurn'])
  answer(client, { id: 'm' }, { id: 't' })
  await client.untilTurnComplete()
  t.equal(log.all('turn-complete')[0]?.audioMs, 90)
})

t.test('an empty turnComplete may acknowledge the answer before the model speaks', async (t) => {
  const gemini = await start(t, { createBrain: scriptBrain({ speech: [{ call: [{ id: 'm', name: 'getMenu', args: {} }], answered: { say: ANSWER } }] }), behaviour: { emptyTurnAfterTool: true, afterToolMs: [250, 250] } })
  const client = await ready(t, gemini, BLOCKING)
  client.speak()
  await client.until((json) => json.toolCall)
  answer(client, { id: 'm' })
  await client.untilTurnComplete(2)
  t.same(client.story(), ['setupComplete', 'toolCall', 'turnComplete', ...content])
})

t.test('a call may come before anything, have an unknown name, and share its id with another', async (t) => {
  const opening = { call: [{ id: 'same', name: 'launchRocket', args: {} }, { id: 'same', name: 'getMenu', args: {} }] }
  const gemini = await start(t, { createBrain: scriptBrain({ opening }) })
  const client = await ready(t, gemini, tools('NON_BLOCKING'))
  const { json } = await client.until((json) => json.toolCall)
  t.same(json.toolCall?.functionCalls.map(({ id, name }) => [id, name]), [['same', 'launchRocket'], ['same', 'getMenu']])
})

const REFUSED: Array<[string, object, Partial<GeminiBehaviour>, number, RegExp]> = [
  ['a call that never was', { id: 'nobody' }, {}, 1008, /not found/],
  ['no id', {}, {}, 1007, /id is required/],
  ['scheduling where the model has none', { id: 'm', scheduling: 'WHEN_IDLE' }, { rules: { scheduling: false } }, 1007, /Scheduling is not supported/],
  ['an unknown scheduling', { id: 'm', scheduling: 'SOON' }, {}, 1007, /scheduling/],
  ['a response that is no object', { id: 'm', response: 'x' }, {}, 1007, /response/]
]
for (const [what, response, behaviour, code, reason] of REFUSED) {
  t.test(`a tool response with ${what} closes with ${code}`, async (t) => {
    const gemini = await start(t, { createBrain: scriptBrain(SCRIPT), behaviour })
    const client = await ready(t, gemini, BLOCKING)
    client.speak()
    await client.until((json) => json.toolCall)
    answer(client, response)
    t.match(await client.closed, { code, reason })
  })
}

t.test('a response to a call that never was may be ignored', async (t) => {
  const gemini = await start(t, { createBrain: scriptBrain(SCRIPT), behaviour: { unknownToolResponse: 'ignore' } })
  const client = await ready(t, gemini, BLOCKING)
  answer(client, { id: 'nobody' })
  t.equal((await (await gemini.session(1)).log.until('tool-response')).verdict, 'unknown')
})

t.test('caller audio during a BLOCKING call can be fatal', async (t) => {
  for (const code of [1007, 1008] as const) {
    const gemini = await start(t, { createBrain: scriptBrain(SCRIPT), behaviour: { audioDuringBlockingCall: code } })
    const client = await ready(t, gemini, BLOCKING)
    client.speak()
    await client.until((json) => json.toolCall)
    client.hear(new Int16Array(320))
    t.match(await client.closed, { code })
  }
})

t.test('extended thinking says whether more will follow a turn', async (t) => {
  const gemini = await start(t, { createBrain: scriptBrain(SCRIPT) })
  const client = await ready(t, gemini, { ...tools('NON_BLOCKING'), model: 'models/gemini-3.8-live-extended-thinking', generationConfig: { thinkingConfig: { thinkingLevel: 'LOW' } } })
  client.speak()
  t.equal((await client.untilTurnComplete()).json.serverContent?.interactionStatus, 'IN_PROGRESS')
  answer(client, { id: 'm' }, { id: 't' })
  t.equal((await client.untilTurnComplete(2)).json.serverContent?.interactionStatus, 'IDLE')
})

t.test('something can go wrong after a call', async (t) => {
  const gemini = await start(t, { createBrain: scriptBrain({ speech: [{ say: FILLER, mishap: STRANGE.unknown }] }) })
  const client = await ready(t, gemini)
  client.speak()
  await client.untilTurnComplete()
  t.match(client.story(), ['setupComplete', 'modelTurn', 'somethingNew', 'generationComplete'])
})
