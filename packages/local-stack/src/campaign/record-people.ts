import { consentRows, importConsents, importStops, stopRows } from '@karani/campaigns'
import type { Records } from '@karani/records'
import { UsageError } from '../errors.ts'
import type { CampaignWish } from './campaign-wish.ts'
import { withListFile } from './list-file.ts'

type PeopleWish = Extract<CampaignWish, { do: 'consents' | 'stop' | 'stops' }>

const TO_DO_IT = 'To do it: the same without --dry-run.'
const number = (count: number): string => count.toLocaleString('en')

/** Records who agreed to be called, or must not be; prints what was new, and what to do next. */
export async function recordPeople (wish: PeopleWish, records: Records): Promise<void> {
  switch (wish.do) {
    case 'consents': return await recordConsents(wish, records)
    case 'stops': return await recordStops(wish, records)
    case 'stop': return await recordStop(wish, records)
  }
}

async function recordConsents ({ file, dryRun }: PeopleWish & { do: 'consents' }, records: Records): Promise<void> {
  const { rows, given, withdrawn, stopped } = await withListFile(file, async ({ read, onProgress }) => await importConsents(records, consentRows(read()), { isDryRun: dryRun, onProgress }))
  const news = given + withdrawn === 0 ? 'all of it is on record already' : `${number(given)} consents and ${number(withdrawn)} withdrawals ${dryRun ? 'would be' : 'are'} new`
  console.log(`\n${number(rows)} rows: ${news}${dryRun ? '; nothing was written' : ''}.`)
  if (stopped > 0) console.log(`${number(stopped)} of these people have opted out: they are not called, whatever they agreed to.`)
  console.log(dryRun ? TO_DO_IT : 'Next: npm run campaign -- create due.csv --line lender --name july --dry-run')
}

async function recordStops ({ file, dryRun }: PeopleWish & { do: 'stops' }, records: Records): Promise<void> {
  const { rows, added } = await withListFile(file, async ({ read, onProgress }) => await importStops(records, () => stopRows(read()), { isDryRun: dryRun, onProgress }))
  if (dryRun) return console.log(`\n${number(rows)} rows would be taken; nothing was written. ${TO_DO_IT}`)
  console.log(`\n${number(rows)} rows: ${number(added)} stops are new, and all hold from now on, also for calls that wait in the queue.`)
}

async function recordStop ({ phone, accountId, reason }: PeopleWish & { do: 'stop' }, records: Records): Promise<void> {
  const isDone = await records.write(async ({ stops }) => await stops.record({ phone, accountId, reason }, 'staff', new Date()))
  if (!isDone) throw new UsageError('name an account that the records have, or give the number')
  console.log('Recorded. From now on there are no such calls, also where one waits in the queue; a call that is under way goes on.')
}
