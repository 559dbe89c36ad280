import { publicHoliday } from '@karani/calling-rules'
import { readLines } from '@karani/lines'
import { Records } from '@karani/records'
import { Redis } from 'ioredis'
import pc from 'picocolors'
import t from 'tap'
import { createDemoCampaign, showDemoCampaign } from '../src/campaign/demo-campaign.ts'
import { startStack } from '../src/index.ts'
import { demoInstant } from '../src/stack/demo-instant.ts'

const isHoliday = (day: string): boolean => publicHoliday('KE', day) !== null

t.test('the demonstration is on a Tuesday at ten in Nairobi that is no holiday, and always still to come', async t => {
  const nows = Array.from({ length: 1_500 }, (_, n) => Date.parse('2026-01-01T00:30:00Z') + n * 11 * 3600 * 1000)
  const isRight = (now: number): boolean => {
    const instant = demoInstant(new Date(now), isHoliday)
    return instant.getTime() > now && instant.getUTCDay() === 2 && instant.getUTCHours() === 7 && !isHoliday(instant.toISOString().slice(0, 10))
  }
  t.same(nows.filter(now => !isRight(now)).map(now => new Date(now)), [])
})

t.test('of five demo borrowers three are called and two are not, each with its reason, whatever the true hour', { timeout: 120_000 }, async t => {
  const stack = await startStack({ simulators: true, decidingAt: demoInstant(new Date(), isHoliday) })
  t.teardown(stack.stop)
  const records = new Records({ url: stack.settings.DATABASE_URL! })
  const redis = new Redis(stack.settings.REDIS_URL!, { maxRetriesPerRequest: null })
  const printed: string[] = []
  const options = { records, redis, lines: readLines(stack.settings.LINES_FILE!), page: { width: 80, colors: pc.createColors(false) }, print: (line: string) => printed.push(line) }
  try {
    const campaign = await createDemoCampaign(options)
    await showDemoCampaign(campaign!, options)
    const text = printed.join('\n')
    t.match(text, /LN-1001 {2}promised/)
    t.match(text, /LN-1002 {2}paid/)
    t.match(text, /LN-1003 {2}not called: opt out/)
    t.match(text, /LN-1004 {2}not called: no consent/)
    t.match(text, /LN-1005 {2}to be called \w+day/, 'she asked for another time')
    t.match(text, /calls +3\n +reached +3/)
    t.equal(await createDemoCampaign(options), null, 'once in a database')
  } finally {
    redis.disconnect()
    await records.close()
  }
})
