import type { Readable } from 'node:stream'
import { STAFF_REASONS, type Records, type StaffReason } from '@karani/records'
import { readPhoneNumber } from '@karani/sautikit'
import { throwFaults } from './errors.ts'
import { csvList, textOf, type GivenRow } from './given-rows.ts'
import { badNumber, NO_ROWS, type RowFault } from './row-faults.ts'
import { stageList } from './stage-list.ts'

interface StopRow { readonly phone: string, readonly reason: StaffReason }

/** The rows of a list of people who must not be called, from a CSV file. Other columns are not looked at. */
export const stopRows = (file: Readable): AsyncGenerator<GivenRow> => csvList(file, { needed: ['phone'], known: ['phone', 'reason'], onIgnored: () => {} })

/**
 * Stops everybody of a list. It is read twice: where a row of it cannot be taken, nobody is stopped. Then each thousand are in force as soon
 * as they are written, each before its dialler or after its call has begun; where it breaks off, the same again does the rest.
 * @throws CAMPAIGN_ROWS_FAULTY with the faults
 */
export async function importStops (records: Records, rows: () => AsyncIterable<GivenRow>, { isDryRun = false, onProgress = () => {} }: { isDryRun?: boolean, onProgress?: (rows: number) => void } = {}): Promise<{ rows: number, added: number }> {
  const { count, faults, faultCount } = await stageList(rows(), readStop, async () => {}, () => {})
  if (count === 0) throwFaults([NO_ROWS], 1)
  throwFaults(faults, faultCount)
  if (isDryRun) return { rows: count, added: 0 }
  let added = 0
  await stageList(rows(), readStop, async people => { added += await records.write(({ stops }) => stops.recordAll(people, 'staff')) }, onProgress)
  return { rows: count, added }
}

function readStop (given: GivenRow): StopRow | RowFault {
  if ('fault' in given) return given
  const { line, fields } = given
  const phone = readPhoneNumber(textOf(fields.phone))
  if (phone === null) return badNumber(line)
  const wanted = textOf(fields.reason) || 'opt-out'
  const reason = STAFF_REASONS.find(reason => reason === wanted)
  return reason === undefined ? { line, fault: 'bad-value', message: `reason is none of ${STAFF_REASONS.join(', ')}; empty means opt-out` } : { phone, reason }
}
