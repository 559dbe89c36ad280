const FIRST_RETRY_MS = 1_000
const MAX_RETRY_MS = 60_000
/** Longer than a system may take to answer. */
const LEASE_MS = 10_000

const after = (instant: Date, ms: number): Date => new Date(instant.getTime() + ms)

/** When an effect that somebody tells is told by another: the first has died. */
export const leaseUntil = (at: Date): Date => after(at, LEASE_MS)

/** After so many tries in vain, 1 s, 2 s, 4 s and at most a minute later, for ever. */
export const nextTry = (at: Date, tries: number): Date => after(at, Math.min(FIRST_RETRY_MS * 2 ** (tries - 1), MAX_RETRY_MS))
