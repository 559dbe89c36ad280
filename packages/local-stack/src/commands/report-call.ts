import path from 'node:path'
import { summaryLines, type Page } from '../display/call-lines.ts'
import { writeTimeline } from '../calls/timeline.ts'
import type { ShownCall } from '../calls/show-call.ts'

/** What is left of a call: its sum, its recording, and its timeline, which is written here. */
export async function reportCall ({ finished, recording }: ShownCall, folder: string, page: Page): Promise<string[]> {
  const shown = (file: string) => path.relative('.', file)
  if (finished === null) return ['', 'The call ended without a clerk; the logs are in data/logs.']
  const timeline = await writeTimeline(folder, finished)
  return [
    ...summaryLines(finished, page),
    '',
    ...recording === null ? [] : [`Recording (caller left, clerk right): ${shown(recording)}`],
    `Timeline: ${shown(timeline)}`
  ]
}
