import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import pg from 'pg'
import t, { type Test } from 'tap'
import { readLines } from '@karani/lines'
import { addDays, dayAt, migrate, Records, seed } from '@karani/records'
import { startPostgres, startRedis } from '../src/index.ts'
import { clockLine, progressBar } from '../src/campaign/campaign-lines.ts'
import { readCampaignWish } from '../src/campaign/campaign-wish.ts'
import { tendPlaces } from '../src/campaign/place-lines.ts'
import type { PlaceWish } from '../src/campaign/place-wish.ts'
import { PROJECT_FOLDER } from '../src/project-folder.ts'

const [postgres, redis] = await Promise.all([startPostgres(), startRedis()])
t.teardown(() => Promise.all([postgres.stop(), redis.stop()]))
await migrate(postgres.url)
await seed(postgres.url, new Date())
const db = new pg.Client(postgres.url)
await db.connect()
t.teardown(() => db.end())

const DUE = path.join(PROJECT_FOLDER, 'demo/due.csv')
const CREATE = ['create', DUE, '--line', 'lender', '--name', 'july']

t.test('a list with a row that cannot be taken is told by its line, and nothing of it is taken', async t => {
  const { complaint, code } = await campaign(t, CREATE)
  t.match(complaint, `${DUE}:5 nobody has recorded a consent of LN-1004`)
  t.match(complaint, 'One row cannot be taken, so none was')
  t.equal(code, 1)
  t.match((await campaign(t, ['status'])).printed, /^There is no campaign yet/)
})

t.test('a dry run writes nothing and says what to do next', async t => {
  await campaign(t, ['stop', '+254 755 000 005'])
  const { printed, code } = await campaign(t, [...CREATE, '--refuse-without-consent', '--dry-run'])
  t.match(printed, /LN-1005 +would not be called: opt out/, 'whom staff stopped before')
  t.match(printed, /5 rows would be taken; nothing was written\. Forecast: at most KES 10\.50/)
  t.equal(code, 0)
  t.match((await campaign(t, ['status'])).printed, /^There is no campaign yet/)
})

t.test('a campaign is made once, paused, resumed, cancelled and reported', async t => {
  const made = await campaign(t, [...CREATE, '--refuse-without-consent'])
  t.match(made.printed, /5 rows taken, 5 of them queued\..*\nNot looked at: .*\nNext: npm run campaign -- status 'july'/)
  t.match((await campaign(t, [...CREATE, '--refuse-without-consent'])).printed, /this campaign is there already/)
  const other = await campaign(t, CREATE.with(1, other5(t)))
  t.match(other.complaint, 'This key was used for something else')
  t.match((await campaign(t, ['status', 'july'])).printed, /july {2}running .*reminder.*\n {2}5 waiting, 0 being called, 0 done\n {2}next: .* \(Africa\/Nairobi\)/)
  t.match((await campaign(t, ['pause', 'july'])).printed, /july {2}paused \(by staff\).*\n {2}To go on: npm run campaign -- resume 'july'/)
  await db.query("update dialling.campaigns set paused_by = 'wallet'")
  t.match((await campaign(t, ['status', 'july'])).printed, /july {2}paused \(the wallet is empty, or nearly\).*\n {2}To go on: top up the carrier's wallet, then npm run campaign -- resume 'july'/)
  t.match((await campaign(t, ['resume', 'july'])).printed, /july {2}running/)
  t.match((await campaign(t, ['cancel', 'july'])).printed, /july {2}cancelled .*\n {2}0 waiting, 0 being called, 5 done\n {2}done: cancelled 5/)
  t.match((await campaign(t, ['report', 'july'])).printed, /cost KES +0\.00/)
  t.match((await campaign(t, ['report', 'july', '--csv'])).printed, /^what,value\r\nleads,5\r\nwaiting,0\r\n/)
  t.match((await campaign(t, ['pause', 'june'])).complaint, 'There is no such campaign')
})

t.test('days are closed, seen by a dry run at once, listed and opened again', async t => {
  const places = placesOf(t)
  t.strictSame(await places('closed'), ['No day is closed besides public holidays.'])
  const days = [0, 1, 2].map(ahead => addDays(dayAt(new Date(), 'Africa/Nairobi'), ahead))
  for (const day of days) t.match(await places('close', day, '--name', 'Idd'), [`${day} is closed in KE (Idd), from the next call on; who was to be called then is called later.`])
  t.match((await campaign(t, ['closed'])).printed, `${days[0]}  KE  Idd`)
  const { printed } = await campaign(t, [...CREATE, '--refuse-without-consent', '--dry-run'])
  t.match(printed, /LN-1001 +would be called at \S+: (closed day|holiday)/)
  t.notOk(days.some(day => printed.includes(`called at ${day}`)), 'on none of them')
  for (const day of days) t.match(await places('reopen', day, '--country', 'KE'), [/ is a day like others in KE again/])
  await t.rejects(places('reopen', days[0]!), { code: 'USAGE' })
})

t.test('where a borrower may be is noted, and an account that nobody has is told', async t => {
  const places = placesOf(t)
  t.match(await places('where', 'LN-1001', '--country', 'FR'), [/LN-1001 may be in FR: .* both hold/])
  t.match((await campaign(t, [...CREATE, '--refuse-without-consent', '--dry-run'])).printed, /LN-1001 +would not be called: policy missing/)
  t.match(await places('where', 'LN-1001', '--country', 'KE', '--confirmed', '--zone', 'Africa/Nairobi'), [/LN-1001 is in KE, Africa\/Nairobi: .* no other country's/])
  await t.rejects(places('where', 'LN-9999', '--country', 'UG'), { code: 'USAGE' })
})

t.test('words that say too little are answered with what is missing', async t => {
  for (const args of [[], ['creat'], ['create'], ['create', 'due.csv'], ['create', 'due.csv', '--line', 'lender'], ['create', 'due.csv', '--line', 'lender', '--name', 'x', '--at', 'tomorrow'],
    ['create', 'due.csv', '--line', 'lender', '--name', 'x', '--at', '2026-07-01T09:00:00'], ['create', 'due.csv', '--line', 'lender', '--name', 'x', '--purpose', 'sale'], ['pause'], ['report'], ['status', 'first', 'july'], ['consents'], ['stops'], ['stop'], ['stop', '0712'], ['stop', '+254712345678', '--reason', 'boredom'],
    ['close'], ['close', '2026-12-24'], ['close', '2026-02-30', '--name', 'x'], ['close', '2026-12-24', '--name', 'x', '--country', 'FR'], ['reopen'], ['where'], ['where', 'LN-1001'],
    ['where', 'LN-1001', '--country', 'Uganda'], ['where', 'LN-1001', '--country', 'US', '--zone', 'America/New_York'], ['where', 'LN-1001', '--country', 'UG', '--confirmed', '--zone', 'America/New_York']]) {
    t.throws(() => readCampaignWish(args), { code: 'USAGE' }, args.join(' '))
  }
  t.match(clockLine(new Date('2026-11-24T07:00:00Z'), 'Africa/Nairobi'), /as if it were Tuesday,? 24 November 2026 at 10:00 \(Africa\/Nairobi\)/)
  t.equal(progressBar(0.5, 1_234_567, 10), '[#####-----]  50 %  1,234,567 rows')
})

/** Without a process of its own. */
function placesOf (t: Test): (...args: string[]) => Promise<string[]> {
  const records = new Records({ url: postgres.url })
  t.teardown(() => records.close())
  const lines = readLines(path.join(PROJECT_FOLDER, 'config/lines.json'))
  return async (...args) => await tendPlaces(readCampaignWish(args) as PlaceWish, records, lines)
}

function other5 (t: Test): string {
  const file = path.join(t.testdir(), 'due.csv')
  writeFileSync(file, 'accountId,phone\nLN-1001,+254712345678\n')
  return file
}

async function campaign (t: Test, args: string[]): Promise<{ printed: string, complaint: string, code: number }> {
  const script = path.join(PROJECT_FOLDER, 'packages/local-stack/src/commands/campaign.ts')
  const env = { PATH: process.env.PATH, NO_COLOR: '1', DATABASE_URL: postgres.url, REDIS_URL: redis.url }
  const child = spawn(process.execPath, ['--conditions=@karani/source', '--import', 'tsx', script, ...args], { env, cwd: PROJECT_FOLDER, stdio: ['ignore', 'pipe', 'pipe'] })
  t.teardown(() => child.kill('SIGKILL'))
  const [printed, complaint, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { printed, complaint, code }
}
