import { setTimeout as delay } from 'node:timers/promises'

type Truthy<T> = Exclude<T, null | undefined | false | 0 | ''>

/** Asks again every `everyMs` until the answer is truthy; null when `timeoutMs` passed first. */
export async function until<T> (ask: () => T | Promise<T>, { timeoutMs, everyMs = 20 }: { timeoutMs: number, everyMs?: number }): Promise<Truthy<T> | null> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const answer = await ask()
    if (answer) return answer as Truthy<T>
    if (Date.now() >= deadline) return null
    await delay(everyMs)
  }
}
