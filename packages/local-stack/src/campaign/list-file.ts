import { createReadStream, statSync, type ReadStream } from 'node:fs'
import { CampaignRowsError } from '@karani/campaigns'
import { terminalPage } from '../display/terminal.ts'
import { UsageError } from '../errors.ts'
import { faultLine, progressBar } from './campaign-lines.ts'

const BAR_CHARS = 30

/** A list on disk that is read from its beginning each time, with a progress bar on a terminal. */
export interface ListFile { read (): ReadStream, readonly onProgress: (rows: number) => void }

/**
 * What `take` makes of a file; what is wrong with its rows is printed line by line, in the form that editors jump to.
 * @throws UsageError when there is no such file
 */
export async function withListFile<T> (file: string, take: (list: ListFile) => Promise<T>): Promise<T> {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (stats === undefined || stats.isDirectory()) throw new UsageError(`name a file that is there, not ${file}`)
  const { size } = stats
  let stream: ReadStream | undefined
  function read (): ReadStream {
    stream = createReadStream(file)
    return stream
  }
  const onProgress = (rows: number): void => { if (process.stdout.isTTY) process.stdout.write(`\r${progressBar((stream?.bytesRead ?? 0) / size, rows, BAR_CHARS)}`) }
  try {
    return await take({ read, onProgress })
  } catch (err) {
    if (!(err instanceof CampaignRowsError)) throw err
    if (process.stdout.isTTY) console.log()
    for (const fault of err.faults) console.error(faultLine(file, fault, terminalPage().colors))
    if (err.count > err.faults.length) console.error(`... and ${err.count - err.faults.length} more.`)
    throw err
  }
}
