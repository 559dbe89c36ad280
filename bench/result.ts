import { quantile } from './quantile.ts'
import type { Memory, Usage } from './subject.ts'
import type { Measured } from './generator.ts'

/** One window of one subject; its memory was looked at in the last round only. */
export interface Window { readonly before: Usage, readonly after: Usage, readonly memory: Memory | null, readonly measured: Measured }

/** What all windows of one subject come to: of times all of them together, of CPU the median window. Times are milliseconds. */
export interface Result {
  readonly cpuPerCallSecond: number
  readonly callsPerCore: number
  readonly up: Spread
  readonly down: Spread
  readonly downWithLead: Spread
  readonly jitter: Spread
  readonly replies: number
  readonly livePerCallBytes: number
  readonly residentBytes: number
}

export interface Spread { readonly p50: number, readonly p99: number }

export function resultOf (windows: readonly Window[], calls: number, { idle, busy }: { idle: Memory, busy: Memory }): Result {
  const spread = (of: 'up' | 'down' | 'downWithLead' | 'jitter'): Spread => {
    const values = windows.flatMap(({ measured }) => measured.tally[of])
    return { p50: quantile(values, 0.5), p99: quantile(values, 0.99) }
  }
  const cpuPerCallSecond = quantile(windows.map(window => cpuShareOf(window) * 1000 / calls), 0.5)
  return {
    cpuPerCallSecond,
    callsPerCore: Math.floor(1000 / cpuPerCallSecond),
    up: spread('up'),
    down: spread('down'),
    downWithLead: spread('downWithLead'),
    jitter: spread('jitter'),
    replies: windows.reduce((sum, { measured }) => sum + measured.tally.down.length, 0),
    livePerCallBytes: (busy.liveBytes - idle.liveBytes) / calls,
    residentBytes: busy.residentBytes
  }
}

/** The part of a core that the process used. */
export function cpuShareOf ({ before, after }: Window): number {
  return (after.cpuMs - before.cpuMs) / (after.atMs - before.atMs)
}

/** How well the generator kept time in a window. */
export interface GeneratorHealth { readonly loopDelayP99Ms: number, readonly lateShare: number, readonly cpuShare: number }

/** Beyond these the generator's own delays are no longer small beside what is measured. */
const MAX_LOOP_DELAY_MS = 3
const MAX_LATE_SHARE = 0.005

export function healthOf ({ measured: { tally, loopDelayP99Ms, cpuShare } }: Window): GeneratorHealth {
  return { loopDelayP99Ms, cpuShare, lateShare: tally.lateFrames / tally.frames }
}

export function isValid (window: Window): boolean {
  const { loopDelayP99Ms, lateShare } = healthOf(window)
  return loopDelayP99Ms <= MAX_LOOP_DELAY_MS && lateShare <= MAX_LATE_SHARE
}
