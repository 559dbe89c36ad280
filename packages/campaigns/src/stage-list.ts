import type { GivenRow } from './given-rows.ts'
import type { RowFault } from './row-faults.ts'

/** How many faults of a list are told; all are counted. */
export const MAX_FAULTS = 100
const BATCH = 1_000

/** `faults`: the first of them. */
export interface StagedList { readonly count: number, readonly faults: RowFault[], readonly faultCount: number }

/**
 * Reads a list row by row and hands over what can be taken, batch by batch: the next rows are read while the last ones are written, so
 * that a million of them need no more memory than a thousand. The last batch may be empty, so that there is at least one.
 */
export async function stageList<Row extends object> (
  rows: AsyncIterable<GivenRow>, read: (given: GivenRow) => Row | RowFault, stage: (batch: Row[]) => Promise<unknown>, onProgress: (rows: number) => void
): Promise<StagedList> {
  const faults: RowFault[] = []
  let [count, faultCount] = [0, 0]
  let staged: Promise<unknown> = Promise.resolve()
  async function keep (batch: Row[]): Promise<void> {
    await staged
    onProgress(count)
    staged = stage(batch)
    staged.catch(() => {}) // told to who waits for it next
  }

  const batch: Row[] = []
  for await (const given of rows) {
    count++
    const row = read(given)
    if ('fault' in row) {
      if (++faultCount <= MAX_FAULTS) faults.push(row)
    } else {
      batch.push(row)
    }
    if (batch.length === BATCH) await keep(batch.splice(0))
  }
  await keep(batch)
  await staged
  return { count, faults, faultCount }
}
