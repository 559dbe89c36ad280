import path from 'node:path'
import { Child } from '../process/child.ts'
import { until } from '../process/until.ts'
import { PROJECT_FOLDER } from '../project-folder.ts'
import type { Settings } from './services.ts'

const READY_TIMEOUT_MS = 30_000
const STOP_GRACE_MS = 10_000

/** What every program needs from its surroundings, and no setting of ours. */
const SURROUNDINGS = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy']

export interface NodeServerOptions {
  name: string
  /** Its folder in the checkout: `services/media-gateway`. */
  folder: string
  /** From TypeScript as it is, or as `npm run build` left it. */
  run: 'source' | 'dist'
  port: number
  env: Settings
  logFile: string
  /** A path that answers 200 once it is ready. */
  readyPath: string
}

/** One of our own servers, as a process of its own. */
export interface NodeServer {
  name: string
  url: string
  port: number
  pid: number
  /** Settles with how it ended, asked or not. */
  ended: Promise<string>
  /** What it printed last. */
  readonly lastWords: string
  readonly logFile: string
  /** SIGTERM: it finishes what it has begun, within DRAIN_TIMEOUT_MS. */
  stop (): Promise<void>
  /** Dies at once. */
  kill (): Promise<void>
}

/** Resolves when it is ready. Rejects with its last words when it ends, or is not ready, in time. */
export async function startNodeServer ({ name, folder, run, port, env, logFile, readyPath }: NodeServerOptions): Promise<NodeServer> {
  const main = run === 'source'
    ? ['--conditions=@karani/source', '--import', 'tsx', path.join(folder, 'src/main.ts')]
    : ['--enable-source-maps', path.join(folder, 'dist/main.js')]
  const child = new Child({
    name,
    command: process.execPath,
    args: main,
    cwd: PROJECT_FOLDER,
    env: { ...surroundings(), NODE_COMPILE_CACHE: path.join(PROJECT_FOLDER, '.cache/node'), ...env }, // Node 22 and newer keep compiled code there
    logFile,
    orphanSignal: 'SIGKILL'
  })
  const url = `http://127.0.0.1:${port}`
  const stop = () => child.stop(Number(env.DRAIN_TIMEOUT_MS ?? 0) + STOP_GRACE_MS)
  try {
    const ready = until(() => !child.isRunning || answers(`${url}${readyPath}`), { timeoutMs: Infinity, everyMs: 25 })
    await child.readyWhen(ready, READY_TIMEOUT_MS)
  } catch (err) {
    await stop()
    throw err
  }
  return {
    name,
    url,
    port,
    pid: child.pid,
    ended: child.ended,
    get lastWords () { return child.lastWords },
    logFile,
    stop,
    async kill () {
      child.kill('SIGKILL')
      await child.ended
    }
  }
}

async function answers (url: string): Promise<boolean> {
  try {
    const { status, body } = await fetch(url, { signal: AbortSignal.timeout(1_000) })
    await body?.cancel()
    return status === 200
  } catch {
    return false
  }
}

function surroundings (): NodeJS.ProcessEnv {
  return Object.fromEntries(SURROUNDINGS.flatMap(name => process.env[name] === undefined ? [] : [[name, process.env[name]]]))
}
