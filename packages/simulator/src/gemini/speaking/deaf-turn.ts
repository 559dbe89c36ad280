import type { Turn } from '../brain.ts'

/** A turn in which nothing reaches the wire: what a brain gets for results that arrive SILENT. */
export function deafTurn (signal: AbortSignal, newCallId: () => string): Turn {
  return {
    signal,
    heard: () => {},
    say: async () => {},
    callTools: (requests) => requests.map((request) => ({ id: newCallId(), ...request }))
  }
}
