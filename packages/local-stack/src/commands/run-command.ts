/** A second request to stop, within this time, is npm passing on what the terminal already sent us. */
const ECHO_MS = 500

/** Runs a command: what it throws becomes one line on stderr and exit code 1. */
export async function runCommand (command: () => Promise<void>): Promise<void> {
  try {
    await command()
  } catch (err) {
    process.exitCode = 1
    console.error(isExpected(err) ? `\n${err.message}` : err)
  }
}

/** Errors whose message is made for people; others are faults and keep their stack. */
function isExpected (err: unknown): err is Error {
  const { name, code } = err as NodeJS.ErrnoException
  return err instanceof Error && (name === 'FastifyError' || code === 'CONFIG_INVALID' || code?.startsWith('ERR_PARSE_ARGS') === true)
}

/** Resolves at the first Ctrl-C, SIGTERM or closed terminal. From then on another one ends this process, and with it every child, at once. */
export async function stopAsked (): Promise<void> {
  return await new Promise(resolve => {
    let askedAt: number | undefined
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (askedAt !== undefined && Date.now() - askedAt > ECHO_MS) process.exit(130)
        askedAt ??= Date.now()
        resolve()
      })
    }
  })
}
