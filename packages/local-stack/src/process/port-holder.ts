import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { runningProcess, type RunningProcess } from './running-process.ts'

/** The process that listens on this TCP port, or null where the system does not tell: it may belong to another user. */
export function portHolder (port: number): RunningProcess | null {
  try {
    const pid = process.platform === 'linux' ? pidFromProc(port) : pidFromLsof(port)
    return pid === null ? null : runningProcess(pid)
  } catch {
    return null
  }
}

/**
 * A row of /proc/net/tcp is `sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode ...`, the port in hexadecimal
 * and 0A for listening; the holder has that inode open as `socket:[inode]`.
 */
function pidFromProc (port: number): number | null {
  const hexPort = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const rows = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap(table => readFileSync(table, 'utf8').split('\n').map(row => row.trim().split(/\s+/)))
  const sockets = new Set(rows.filter(row => row[1]?.endsWith(hexPort) && row[3] === '0A').map(row => `socket:[${row[9]}]`))
  const pids = readdirSync('/proc').map(Number).filter(Boolean)
  return pids.find(pid => openFiles(pid).some(file => sockets.has(file))) ?? null
}

function openFiles (pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap(fd => {
      try {
        return [readlinkSync(`/proc/${pid}/fd/${fd}`)]
      } catch {
        return [] // closed meanwhile
      }
    })
  } catch {
    return [] // ended meanwhile, or another user's
  }
}

function pidFromLsof (port: number): number | null {
  const pid = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'], { encoding: 'utf8' })
  return Number.parseInt(pid, 10) || null
}
