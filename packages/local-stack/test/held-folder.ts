import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface Held { redis: number, postgres: number, redisUrl: string, postgresUrl: string }

/** Another process that runs Redis and PostgreSQL in `folder`. */
export async function holdElsewhere (folder: string): Promise<{ holder: ChildProcess, held: Held }> {
  const script = fileURLToPath(new URL('fixture/hold.ts', import.meta.url))
  const holder = spawn(process.execPath, ['--conditions=@karani/source', '--import', 'tsx', script, folder], { stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: process.env.PATH } })
  const [line] = await Promise.race([once(createInterface({ input: holder.stdout }), 'line'), once(holder, 'exit')])
  return { holder, held: JSON.parse(line) }
}
