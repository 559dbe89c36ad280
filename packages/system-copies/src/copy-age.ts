/** So long a copy may be used without asking again. */
export const MAX_AGE_MS = 60_000

/** Null: there is no copy. The clocks of two processes may differ a little, either way. */
export const isFresh = (copiedAt: Date | null, now: Date): boolean => copiedAt !== null && Math.abs(now.getTime() - copiedAt.getTime()) < MAX_AGE_MS
