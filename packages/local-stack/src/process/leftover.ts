import { readFile, rm } from 'node:fs/promises'
import { runningProcess } from './running-process.ts'
import { until } from './until.ts'

/**
 * Clears what a stack that was killed left behind: ends the process named in the first line of `pidFile`, when its command
 * line holds `mark` (a pid is soon another program's), and removes the file. Hold the folder's lock before calling this.
 */
export async function endLeftover (pidFile: string, mark: string, signal: NodeJS.Signals): Promise<void> {
  const pid = Number.parseInt(await readFile(pidFile, 'utf8').catch(() => ''), 10)
  if (pid > 0) await end(pid, mark, signal)
  await rm(pidFile, { force: true })
}

async function end (pid: number, mark: string, signal: NodeJS.Signals): Promise<void> {
  const isOurs = () => runningProcess(pid)?.command.includes(mark) ?? false
  for (const next of [signal, 'SIGKILL'] as const) {
    if (!isOurs()) return
    process.kill(pid, next)
    if (await until(() => !isOurs(), { timeoutMs: 5_000 })) return
  }
}
