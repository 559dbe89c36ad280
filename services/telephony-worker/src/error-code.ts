/** What a log may hold of an error: its text may hold what was to be written. */
export function codeOf (error: Error & { code?: string, cause?: unknown }): string {
  return error.code ?? (error.cause as { code?: string } | undefined)?.code ?? error.name
}
