import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { NoStackError } from '../errors.ts'
import { runningProcess } from '../process/running-process.ts'
import type { Stack } from './stack.ts'

/** How the commands find the stack that runs in a data folder. */
const StackFile = Type.Object({
  pid: Type.Integer(),
  startedAt: Type.String(),
  redisUrl: Type.String(),
  databaseUrl: Type.String(),
  linesFile: Type.String(),
  /** Null when the carrier is real. */
  simulatorUrl: Type.Union([Type.String(), Type.Null()]),
  services: Type.Record(Type.String(), Type.Object({ url: Type.String(), pid: Type.Integer() }))
})
export type StackFile = Static<typeof StackFile>

const fileIn = (dataDir: string) => path.join(dataDir, 'stack.json')

/** Only this user can read it: the URLs hold passwords. */
export async function writeStackFile ({ dataDir, settings, simulator, services }: Stack): Promise<void> {
  const content: StackFile = {
    pid: process.pid,
    startedAt: runningProcess(process.pid)?.startedAt ?? '',
    redisUrl: settings.REDIS_URL ?? '',
    databaseUrl: settings.DATABASE_URL ?? '',
    linesFile: settings.LINES_FILE ?? '',
    simulatorUrl: simulator?.url ?? null,
    services: Object.fromEntries(Object.values(services).map(({ name, url, pid }) => [name, { url, pid }]))
  }
  await writeFile(fileIn(dataDir), `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
}

export async function removeStackFile (dataDir: string): Promise<void> {
  await rm(fileIn(dataDir), { force: true })
}

/** @throws NoStackError also when the stack that wrote the file is gone */
export async function readStackFile (dataDir: string): Promise<StackFile> {
  const content = await readFile(fileIn(dataDir), 'utf8').then(JSON.parse).catch(() => null)
  if (!Value.Check(StackFile, content) || runningProcess(content.pid)?.startedAt !== content.startedAt) throw new NoStackError()
  return content
}
