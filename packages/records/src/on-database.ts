/** EX_CONFIG and EX_UNAVAILABLE of sysexits.h. */
const EX_CONFIG = 78
const EX_UNAVAILABLE = 69

/** Runs a command against `DATABASE_URL` and prints what `work` says was done. What goes wrong is one line, and an exit code. */
export async function onDatabase (work: (databaseUrl: string) => Promise<string>): Promise<void> {
  const url = process.env.DATABASE_URL
  if (url === undefined || url === '') {
    console.error('DATABASE_URL: is not set; set it to a URL such as postgres://user:password@host:5432/database (npm start brings its own database)')
    process.exitCode = EX_CONFIG
    return
  }
  try {
    console.log(await work(url))
  } catch (err) {
    const { cause, message } = err as Error & { cause?: Error & { code?: string } }
    console.error(`The database said no: ${cause?.message ?? (message || (err as { code?: string }).code)}`)
    process.exitCode = EX_UNAVAILABLE
  }
}
