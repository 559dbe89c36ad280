export interface Fault { readonly name: string, readonly code?: string | undefined, readonly frames: readonly string[] }

/**
 * What a log may hold of an error: where it came from and its code. The message may hold anything: that of a failed query
 * holds the query's values.
 */
export function faultOf (error: unknown): Fault {
  const { name, stack = '', cause, code } = error as Error & { code?: string }
  const frames = stack.split('\n').filter(line => /^ {4}at /.test(line)).slice(0, 6).map(line => line.trim())
  return { name: String(name), code: code ?? (cause as { code?: string } | undefined)?.code, frames }
}
