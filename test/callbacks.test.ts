import { silentPhone, scriptBrain, type CarrierBehaviour } from '@karani/simulator'
import pg from 'pg'
import t from 'tap'
import { settledRecord } from './hearing.ts'
import { startWorld } from './world.ts'

/** The same call as told by different carriers: what differs is vocabulary, envelope, order and repetition. */
const carriers: Array<[title: string, behaviour: Partial<CarrierBehaviour>]> = [
  ['plain', {}],
  ['JSON bodies in the tutorials\' words', { voiceBody: 'json', vocabulary: 'tutorial', tutorialCallId: 'session', completedToVoice: false, envelope: 'kind, data' }],
  ['both vocabularies, numbers without a plus', { vocabulary: 'both', plusInNumbers: false, envelope: 'event_kind, payload' }],
  ['a first callback that already says Completed', { firstState: 'Completed' }],
  ['everything three times', { copies: 3, answeredCallback: true, streamEdgesTo: 'both' }],
  ['late and out of order', { copies: 2, answeredCallback: true, streamEdgesTo: 'both', callbackDelayMs: state => ({ Ringing: 0, Answered: 500, StreamStarted: 900, StreamStopped: 300, StreamError: 0, Completed: 0, event: 600 })[state] }]
]

t.test('duplicated, reordered and differently worded callbacks leave one call and one record', async (t) => {
  const world = await startWorld(t, { brain: scriptBrain({}) })
  const database = new pg.Client({ connectionString: world.stack.settings['DATABASE_URL'] })
  await database.connect()
  t.teardown(async () => await database.end())
  for (const [title, behaviour] of carriers) {
    t.test(title, async (t) => {
      const call = await world.ring({ phone: silentPhone(), behaviour })
      await call.log.has('audio-received')
      call.hangUp()
      await call.settled
      const documents = call.log.all('webhook-answered').filter(({ body }) => body.includes('<Stream'))
      t.equal(new Set(call.log.all('stream-dialled').map(({ url }) => url)).size, 1, 'one stream')
      t.ok(documents.length >= 1)
      for (const { status, purpose } of call.log.all('webhook-answered')) t.equal(status, 200, `${purpose} is accepted`)
      t.same(call.log.all('fault'), [])
      const record = await settledRecord(database, call.sessionId, row => row.status === 'completed' && row.ended_by !== null)
      t.match(record, { ended_by: 'caller', caller: '+254712345678', direction: 'inbound' })
      t.equal((await database.query('select count(*)::int as n from dialling.call_records where call_id = $1', [call.sessionId])).rows[0].n, 1)
    })
  }

  t.test('a withheld number is an anonymous caller', async (t) => {
    for (const from of ['anonymous', '', 'Restricted', null]) {
      const call = await world.ring({ phone: silentPhone(), from })
      await call.log.has('audio-received')
      call.hangUp()
      await call.settled
      t.match(await settledRecord(database, call.sessionId, row => row.ended_by !== null), { caller: null })
    }
  })
})

t.test('a carrier whose signature is wrong, missing or old opens no call', async (t) => {
  const world = await startWorld(t, { brain: scriptBrain({}), services: ['webhook-api', 'media-gateway'] })
  const url = `${world.stack.services['webhook-api'].url}/voice`
  const body = 'sessionId=HD_000000000001&callerNumber=%2B254712345678&destinationNumber=%2B254711000001&callSessionState=Ringing'
  const { createHmac } = await import('node:crypto')
  const sign = (secret: string, text: string, at: number): string => `t=${at},v1=${createHmac('sha256', secret).update(`${text}.${at}`).digest('hex')}`
  const secret = world.stack.settings['SAUTIKIT_SIGNING_SECRETS']!
  const now = Math.floor(Date.now() / 1000)
  const attempts: Array<[title: string, signature: string | null, accepted: boolean]> = [
    ['right', sign(secret, body, now), true],
    ['missing', null, false],
    ['empty', '', false],
    ['of another secret', sign('whsec_other', body, now), false],
    ['of another body', sign(secret, `${body}&x=1`, now), false],
    ['ten minutes old', sign(secret, body, now - 600), false],
    ['from the future', sign(secret, body, now + 600), false],
    ['of an unknown version', sign(secret, body, now).replace('v1=', 'v2='), false]
  ]
  for (const [title, signature, accepted] of attempts) {
    const response = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded', ...(signature !== null && { 'x-sautikit-signature': signature }) } })
    t.equal(response.ok, accepted, `signature ${title}: ${response.status}`)
    if (!accepted) t.notMatch(await response.text(), /<Stream/)
  }
})
