import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** One process as the operating system shows it. `startedAt` tells a reused pid from the process that once had it. */
export interface RunningProcess { pid: number, startedAt: string, command: string }

/** The process with this pid, or null: it ended, or is a zombie that only waits to be reaped. */
export function runningProcess (pid: number): RunningProcess | null {
  try {
    return process.platform === 'linux' ? fromProc(pid) : fromPs(pid)
  } catch {
    return null
  }
}

/** /proc/{pid}/stat: `pid (name) state ...`, the start time is field 22; the name may hold spaces and parentheses. */
function fromProc (pid: number): RunningProcess | null {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (fields[0] === 'Z' || fields[0] === 'X') return null
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  return { pid, startedAt: fields[19] ?? '', command }
}

function fromPs (pid: number): RunningProcess | null {
  const line = execFileSync('ps', ['-o', 'stat=,lstart=,command=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  const [, state, startedAt, command] = /^(\S+)\s+((?:\S+\s+){4}\S+)\s+(.*)$/.exec(line) ?? []
  if (startedAt === undefined || command === undefined || state?.startsWith('Z')) return null
  return { pid, startedAt, command }
}
