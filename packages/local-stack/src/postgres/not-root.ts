import { execFileSync, spawnSync } from 'node:child_process'
import { onPath } from '../process/on-path.ts'
import { PostgresUnavailableError } from '../errors.ts'

/** PostgreSQL refuses to run as root. How to run it all the same: a prefix to its command, or another user. */
export interface NotRoot { prefix: string[], uid?: number }

/** `nobody` on every Linux. */
const NOBODY = 65_534
const SOME_UID = '1000'

/**
 * As an ordinary user: nothing to do. As root: inside a user namespace in which we have another uid, while on disk we stay root,
 * so that folders only root can enter work. Where namespaces are forbidden (inside many containers): as `nobody`, when that
 * user can reach the programs and the folder.
 * @throws PostgresUnavailableError when neither works
 */
export function notRoot (program: string, folder: string): NotRoot {
  if (process.getuid?.() !== 0) return { prefix: [] }
  const prefix = ['unshare', '--user', `--map-user=${SOME_UID}`, `--map-group=${SOME_UID}`]
  if (onPath(['unshare']) !== null && spawnSync('unshare', [...prefix.slice(1), 'true']).status === 0) return { prefix }
  const asNobody = { uid: NOBODY, gid: NOBODY }
  const reaches = spawnSync(program, ['--version'], asNobody).status === 0 && spawnSync('test', ['-x', folder], asNobody).status === 0
  if (!reaches) throw new PostgresUnavailableError(`it does not run as root, and this machine allows neither user namespaces nor the user nobody in ${folder}: run as an ordinary user`)
  return { prefix: [], uid: NOBODY }
}

/** Gives the folder, and what is in it, to the user that the server runs as. */
export function handOver (folder: string, { uid }: NotRoot): void {
  if (uid !== undefined) execFileSync('chown', ['-R', `${uid}:${uid}`, folder])
}
