import { writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import t, { type Test } from 'tap'
import { migrate, Records, seed } from '@karani/records'
import { readCampaignWish } from '../src/campaign/campaign-wish.ts'
import { recordPeople } from '../src/campaign/record-people.ts'
import { startPostgres } from '../src/index.ts'

const postgres = await startPostgres()
await migrate(postgres.url)
await seed(postgres.url, new Date())
const records = new Records({ url: postgres.url })
const client = new pg.Client({ connectionString: postgres.url })
await client.connect()
t.teardown(async () => {
  await client.end()
  await records.close()
  await postgres.stop()
})

/** What the command says, on stdout and then on stderr. */
async function say (t: Test, ...args: string[]): Promise<string> {
  const [log, error] = [t.capture(console, 'log'), t.capture(console, 'error')]
  const refused = await recordPeople(readCampaignWish(args) as Parameters<typeof recordPeople>[0], records).then(() => '', (err: Error) => err.message)
  return [...log(), ...error()].map(({ args }) => args.join(' ')).concat(refused).join('\n')
}

function file (t: Test, text: string): string {
  const name = path.join(t.testdir(), 'list.csv')
  writeFileSync(name, text)
  return name
}

t.test('a list of consents is tried, taken once, and ended by a later list', async t => {
  const list = (text: string): string => file(t, `phone,purpose,basis,given_at,channel,evidence,withdrawn_at\n${text}`)
  const agreed = '+254744000004,reminder,consent,2026-01-05T10:00:00+03:00,paper,"branch 4, folder 12",\n'
  t.match(await say(t, 'consents', list(agreed), '--dry-run'), /1 rows: 1 consents and 0 withdrawals would be new; nothing was written\.\nTo do it/)
  t.match(await say(t, 'consents', list(agreed)), /1 rows: 1 consents and 0 withdrawals are new\.\nNext: npm run campaign -- create/)
  t.match(await say(t, 'consents', list(agreed)), /all of it is on record already/)
  t.match(await say(t, 'consents', list(agreed.replace('744000004', '733000003'))), /1 of these people have opted out/)
  const faulty = await say(t, 'consents', list(`${agreed}+254744000004,reminder,consent,2026-01-05,paper,x,\n`))
  t.match(faulty, /list\.csv:3.* givenAt is no instant with its zone(.|\n)*One row cannot be taken, so none was/)
  t.match(await say(t, 'consents', list('+254744000004,reminder,,,,,2026-02-05T10:00:00+03:00\n')), /0 consents and 1 withdrawals are new/)
  t.match(await say(t, 'consents', 'nowhere.csv'), /name a file that is there/)
})

t.test('whom staff stop, by number, account or list, has a stop at once', async t => {
  const stops = async () => (await client.query("select phone, account_id, reason, scope, until from dialling.stops where channel = 'staff' order by phone")).rows
  t.match(await say(t, 'stop', '+254 712 345 678'), /From now on/)
  t.match(await say(t, 'stop', '--account', 'LN-1002', '--reason', 'dispute'), /From now on/)
  t.match(await stops(), [
    { phone: '+254712345678', account_id: null, reason: 'opt-out', scope: 'calls', until: null },
    { phone: '+254722000002', account_id: 'LN-1002', reason: 'dispute', scope: 'reminders', until: null }
  ])
  t.match(await say(t, 'stop', '--account', 'LN-9999'), /an account that the records have/)
  t.match(await say(t, 'stops', file(t, 'phone,reason\n+254755000005,\n+2547,\n+254755000005,boredom\n')), /:3.* phone is no telephone number(.|\n)*:4.* reason is none of/)
  t.equal((await stops()).length, 2, 'nobody of a list with a fault is stopped')
  const list = file(t, 'phone,since,reason\n+254755000005,May,\n+254755000005,June,opt-out\n+254799000001,,wrong-party\n')
  t.match(await say(t, 'stops', list, '--dry-run'), /3 rows would be taken; nothing was written/)
  for (const added of [2, 0]) t.match(await say(t, 'stops', list), `3 rows: ${added} stops are new`)
  t.match((await stops()).slice(2), [{ phone: '+254755000005', reason: 'opt-out' }, { phone: '+254799000001', reason: 'wrong-party', scope: 'calls' }])
})
