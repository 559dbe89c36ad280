import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { FolderInUseError } from '../errors.ts'
import { runningProcess } from './running-process.ts'

interface Holder { pid: number, startedAt: string }

/** A folder that belongs to this process until `release`, or until the process is gone. */
export interface FolderLock { release (): Promise<void> }

/**
 * Creates the folder and takes it, by an exclusively created `lock` file that holds our pid and start time.
 * The lock of a process that no longer runs is taken over.
 * @throws FolderInUseError naming the holder
 */
export async function lockFolder (folder: string): Promise<FolderLock> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, 'lock')
  for (;;) {
    if (await create(file)) return held(file)
    const holder = await read(file)
    const running = holder === null ? null : runningProcess(holder.pid)
    if (holder !== null && running?.startedAt === holder.startedAt) throw new FolderInUseError(folder, String(running.pid), running.command)
    await discard(file, holder)
  }
}

/** Written aside and linked into place: nobody ever reads half a lock. False when the lock exists. */
async function create (file: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`
  const mine: Holder = { pid: process.pid, startedAt: runningProcess(process.pid)?.startedAt ?? '' }
  await writeFile(draft, JSON.stringify(mine), { mode: 0o600 })
  try {
    await link(draft, file)
    return true
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw err
  } finally {
    await rm(draft, { force: true })
  }
}

async function read (file: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder
  } catch {
    return null
  }
}

/** Moves a dead holder's lock away. Whoever was quicker may already hold it anew: then it is put back. */
async function discard (file: string, dead: Holder | null): Promise<void> {
  const aside = `${file}.${randomUUID()}`
  try {
    await rename(file, aside)
    const moved = await read(aside)
    if (moved?.pid !== dead?.pid || moved?.startedAt !== dead?.startedAt) await link(aside, file)
  } catch {
    // another process discarded it, or took it: the next round sees which
  } finally {
    await rm(aside, { force: true })
  }
}

const heldFiles = new Set<string>()
process.on('exit', () => { for (const file of heldFiles) rmSync(file, { force: true }) })

function held (file: string): FolderLock {
  heldFiles.add(file)
  return {
    async release () {
      if (heldFiles.delete(file)) await rm(file, { force: true })
    }
  }
}
