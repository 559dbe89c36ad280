import { tone } from '@karani/audio'
import { recordedPhone, startDaraja, toneSpeech, darajaModes, type Brain, type DarajaMode } from '@karani/simulator'
import pg from 'pg'
import t from 'tap'
import { afterOpening, eventually, silence } from './hearing.ts'
import { startWorld } from './world.ts'

const say = (ms = 400) => toneSpeech({ hz: 1_000, ms })

/** Identifies the caller, reads a request back, and confirms it when the caller has spoken again. What it is told goes to `told`. */
function payingClerk (told: string[]) {
  return (): Brain => {
    let confirm: string | undefined
    return {
      async onSpeechEnd (turn) {
        turn.callTools([confirm === undefined
          ? { name: 'verifyIdentity', args: { nationalIdLast4: '4821', birthYear: 1990 } }
          : { name: 'startMpesaIntent', args: { amount: 500, confirm } }])
      },
      async onToolResponses (turn, responses) {
        for (const { name, response } of responses) {
          const { output } = response as { output?: { proposalId?: string } }
          if (name === 'verifyIdentity') turn.callTools([{ name: 'startMpesaIntent', args: { amount: 500 } }])
          else {
            confirm = output?.proposalId ?? confirm
            await turn.say(say())
          }
        }
      },
      async onText (turn, text) {
        told.push(text)
        await turn.say(say())
      }
    }
  }
}

t.test('a caller pays on the phone while on the line, and the clerk is told how it went', async (t) => {
  const daraja = await startDaraja()
  t.teardown(() => daraja.close())
  const told: string[] = []
  const world = await startWorld(t, {
    brain: payingClerk(told),
    env: {
      MPESA_BASE_URL: daraja.url,
      MPESA_CONSUMER_KEY: daraja.merchant.consumerKey,
      MPESA_CONSUMER_SECRET: daraja.merchant.consumerSecret,
      MPESA_SHORTCODE: daraja.merchant.shortcode,
      MPESA_PASSKEY: daraja.merchant.passkey
    }
  })
  const database = new pg.Client({ connectionString: world.stack.settings['DATABASE_URL'] })
  await database.connect()
  t.teardown(async () => await database.end())

  const outcomes: ReadonlyArray<readonly [mode: DarajaMode, news: string, words: RegExp, balance: number]> = [
    ['duplicated', 'payment-received', /^Payment of KES 500 received, receipt [A-Z0-9]{10}\. Tell the caller\.$/, 150_000],
    ['wrong-pin', 'payment-failed', /^The payment of KES 500 did not go through, because the PIN was wrong\./, 150_000]
  ]
  for (const [mode, news, words, balance] of outcomes) {
    t.test(mode, async (t) => {
      await database.query("update business.payment_intents set created_at = created_at - interval '2 minutes'")
      told.length = 0
      daraja.next(darajaModes[mode])
      const before = daraja.pushes.length
      const speech = tone(440, 600, 16_000)
      const call = await world.ring({ phone: recordedPhone(afterOpening(speech, silence(3_500), speech)) })
      await world.happened(call.sessionId, entry => entry.type === 'news' && entry.kind === news)
      await eventually('the clerk to be told', () => told.length > 0 ? true : undefined)
      t.equal(call.isOver, false, 'during the call')
      t.equal(told.length, 1)
      t.match(told[0], words)
      t.same(daraja.pushes.slice(before).map(({ phone, amountKes }) => ({ phone, amountKes })), [{ phone: '+254712345678', amountKes: 500 }])
      call.hangUp()
      await call.settled
      t.equal((await database.query("select balance_minor::int as balance from business.accounts where account_id = 'LN-1001'")).rows[0].balance, balance)
    })
  }

  t.test('nothing of the payer, the receipt or the prompt is in a log', async (t) => {
    const logs = await world.logs()
    for (const { receipt, checkoutRequestId } of daraja.pushes) for (const word of [receipt, checkoutRequestId, '712345678', world.stack.settings['MPESA_CALLBACK_SECRET']!]) t.notOk(logs.includes(word))
  })
})
