import { resolve } from 'node:path'
import t from 'tap'
import { decider } from '@karani/campaigns'
import { callingOf, readLines } from '@karani/lines'
import { Records } from '@karani/records'
import { diallingHouse } from './dialling-house.ts'

const lines = readLines(resolve(import.meta.dirname, '../../../config/lines.json'))
const decide = decider(callingOf(lines, lines.lines[0]!))
const ROOM = { calls: 10, ofLine: () => 10 }

t.test('a day that is closed, or a doubt where somebody is, holds for a call that is reserved already: the carrier is not asked for it', async (t) => {
  const { databaseUrl, campaign, lead, leadRow, attempts, db } = await diallingHouse(t)
  const records = new Records({ url: databaseUrl })
  t.teardown(() => records.close())
  await campaign()
  const [first, second, third] = [await lead(1), await lead(2), await lead(3)]
  for (const leadId of [first, second, third]) t.equal((await records.write(({ dialLedger }) => dialLedger.reserve(leadId, `${leadId}-dial`, ROOM, decide))).result, 'reserved')
  const mayBegin = async (leadId: string): Promise<boolean> => await records.write(({ dialLedger }) => dialLedger.beginPosting(`${leadId}-dial`, decide))

  await records.write(({ whereabouts }) => whereabouts.note({ accountId: 'LN-91' }, { country: 'FR', zone: null, isConfirmed: false }))
  t.equal(await mayBegin(first), false)
  t.match(await leadRow(first), { state: 'done', outcome: 'refused', reason: 'policy-missing' })
  t.equal(await mayBegin(second), true, 'of nobody else')

  const { rows: [today] } = await db.query("select to_char(dialling.now() at time zone 'Africa/Nairobi', 'YYYY-MM-DD') as day")
  await records.write(({ closedDays }) => closedDays.close({ country: 'KE', day: today.day, name: 'Idd' }))
  t.equal(await mayBegin(third), false)
  t.match(await leadRow(third), { state: 'waiting', reason: 'closed-day', attempts: 0 })
  t.match(await attempts(third), [{ state: 'withdrawn' }])
})
