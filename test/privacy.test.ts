import { setTimeout as wait } from 'node:timers/promises'
import { scriptBrain, silentPhone, toneSpeech } from '@karani/simulator'
import t from 'tap'
import { startWorld } from './world.ts'

t.test('at the most talkative log level, no number, name, secret or figure of a call is printed', async (t) => {
  const world = await startWorld(t, {
    env: { LOG_LEVEL: 'trace' },
    brain: scriptBrain({
      opening: {
        call: [{ id: 'verify', name: 'verifyIdentity', args: { nationalIdLast4: '4821', birthYear: 1990 } }],
        answered: {
          heard: 'My secret word is marmalade',
          call: [{ id: 'account', name: 'getAccount', args: {} }],
          answered: {
            call: [{ id: 'promise', name: 'recordPromiseToPay', args: { amount: 500, payBy: 'tomorrow' } }, { id: 'bad', name: 'verifyIdentity', args: { nationalIdLast4: 'DROP TABLE', birthYear: 1 } }],
            answered: { say: toneSpeech({ hz: 500, ms: 500, text: 'You owe marmalade.' }) }
          }
        }
      }
    })
  })
  const call = await world.ring({ phone: silentPhone() })
  const session = await world.gemini.session(1)
  const account = await session.log.until('tool-response', 2)
  t.match(account.response, { output: { name: 'Amina Wanjiru', balanceKes: 2_000 } }, 'the call did reach the account')
  await session.log.until('turn-complete')
  call.hangUp()
  await call.settled
  const ticket = /\/audio\/([\w-]{43})/.exec(call.log.all('stream-dialled')[0]!.url)![1]!
  await wait(300) // the worker's last lines
  const logs = await world.logs()
  t.match(logs, call.sessionId, 'the call is in the logs, by its id')
  const settings = world.stack.settings
  const canaries = ['254712345678', 'Amina', 'Wanjiru', '"4821', 'nationalId', 'LN-1001', 'balanceKes', 'marmalade', 'DROP TABLE', ticket, 'test-key', 'carrier-key',
    settings['CALL_TOKEN_SECRET']!, settings['SAUTIKIT_SIGNING_SECRETS']!, 'eyJ']
  for (const canary of canaries) t.notOk(logs.includes(canary), `${canary.slice(0, 6)}… is not printed`)
})
