/** Waits, but not longer than until `signal` aborts. Never rejects. */
export function sleep (ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, Math.ceil(ms))
    signal.addEventListener('abort', wake)
  })
}

/** Does something later, at once when there is nothing to wait for, and not at all once `signal` has aborted. */
export function after (ms: number, signal: AbortSignal, act: () => void): void {
  if (signal.aborted) return
  if (ms <= 0) return act()
  const forget = (): void => clearTimeout(timer)
  const timer = setTimeout(() => {
    signal.removeEventListener('abort', forget)
    act()
  }, Math.ceil(ms))
  signal.addEventListener('abort', forget, { once: true })
}
