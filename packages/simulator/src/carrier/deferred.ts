export interface Deferred<T> { readonly promise: Promise<T>, readonly resolve: (value: T) => void }

/** A promise and what settles it; the second settling changes nothing. */
export function deferred<T> (): Deferred<T> {
  let resolve!: (value: T) => void
  const promise = new Promise<T>(_resolve => { resolve = _resolve })
  return { promise, resolve }
}
