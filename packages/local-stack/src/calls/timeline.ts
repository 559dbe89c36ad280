import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { FinishedCall } from '@karani/call-model'

/** Writes the finished call as `{callId}.json` beside its recording; returns the path. */
export async function writeTimeline (folder: string, call: FinishedCall): Promise<string> {
  const file = path.join(folder, `${call.callId}.json`)
  await writeFile(file, `${JSON.stringify(call, null, 2)}\n`, { mode: 0o600 })
  return file
}
