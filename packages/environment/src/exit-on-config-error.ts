import { basename, resolve } from 'node:path'
import { ConfigError } from './config-error.ts'

/** EX_CONFIG of sysexits.h: a supervisor need not try again. */
const EX_CONFIG = 78

/**
 * Starts a service. An unusable configuration is one line on stderr, `<service>: VARIABLE: what is wrong; what to do`, and
 * exit code 78; every other error is the caller's. The service is named after the folder that holds `src/main.ts` or `dist/main.js`.
 */
export async function exitOnConfigError (start: () => void | Promise<void>): Promise<void> {
  try {
    await start()
  } catch (err) {
    if (!(err instanceof ConfigError)) throw err
    const service = basename(resolve(process.argv[1] ?? '', '../..'))
    console.error(`${service}: ${err.message}`)
    process.exit(EX_CONFIG)
  }
}
