import type { ConsentsTaken, Records } from '@karani/records'
import { readConsentRow } from './consent-rows.ts'
import { throwFaults } from './errors.ts'
import type { GivenRow } from './given-rows.ts'
import { consentFault, NO_ROWS } from './row-faults.ts'
import { MAX_FAULTS, stageList } from './stage-list.ts'

/**
 * Records who agreed to be called and who took it back, or nothing: any row that cannot be taken takes the others with it. The same list
 * again changes nothing. What is recorded counts from the next question to the rules.
 * @throws CAMPAIGN_ROWS_FAULTY with the faults
 */
export async function importConsents (records: Records, rows: AsyncIterable<GivenRow>, { isDryRun = false, onProgress = () => {} }: { isDryRun?: boolean, onProgress?: (rows: number) => void } = {}): Promise<ConsentsTaken> {
  return await records[isDryRun ? 'rehearse' : 'write'](async ({ consentImport }) => {
    await consentImport.begin()
    const { count, faults, faultCount } = await stageList(rows, given => 'fault' in given ? given : readConsentRow(given.line, given.fields), async batch => await consentImport.stage(batch), onProgress)
    if (count === 0) throwFaults([NO_ROWS], 1)
    const { faults: ofRecords, count: more } = await consentImport.faults(MAX_FAULTS)
    throwFaults([...faults, ...ofRecords.map(consentFault)], faultCount + more)
    return await consentImport.take()
  })
}
