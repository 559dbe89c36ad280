import { availableParallelism, loadavg } from 'node:os'
import { quantile } from './quantile.ts'
import { LEAD_MS } from './reply-watch.ts'
import { cpuShareOf, healthOf, type Result, type Window } from './result.ts'

/** What the gateway should stay within. */
const TARGETS = { cpuRatio: 1.3, upP99Ms: 5, downP99Ms: LEAD_MS + 10 }

export interface Comparison { readonly calls: number, readonly seconds: number, readonly gateway: Result, readonly pump: Result, readonly cpuRatios: readonly number[] }

/** The figures side by side. */
export function report ({ calls, seconds, gateway, pump, cpuRatios }: Comparison): string {
  const ratio = quantile(cpuRatios, 0.5)
  const rows = [
    ['', 'media-gateway', 'bare pump', 'target'],
    ['CPU per call-second', ms(gateway.cpuPerCallSecond), ms(pump.cpuPerCallSecond), ''],
    ['  ratio within a round, median', ratio.toFixed(2), '1', target(ratio, TARGETS.cpuRatio, '')],
    ['calls per core', String(gateway.callsPerCore), String(pump.callsPerCore), ''],
    ['up: carrier frame in -> at the model, p50', ms(gateway.up.p50), ms(pump.up.p50), ''],
    ['  p99', ms(gateway.up.p99), ms(pump.up.p99), target(gateway.up.p99, TARGETS.upP99Ms, ' ms')],
    ['down: first audio of a reply -> at the carrier, p50', ms(gateway.down.p50), ms(pump.down.p50), ''],
    ['  p99', ms(gateway.down.p99), ms(pump.down.p99), target(gateway.down.p99, TARGETS.downP99Ms, ' ms')],
    [`  from the ${LEAD_MS} ms that are sent first, p50`, ms(gateway.downWithLead.p50), ms(pump.downWithLead.p50), ''],
    ['  p99', ms(gateway.downWithLead.p99), ms(pump.downWithLead.p99), ''],
    ['jitter of frames toward the carrier, p50', ms(gateway.jitter.p50), `${ms(pump.jitter.p50)} (unpaced)`, ''],
    ['  p99', ms(gateway.jitter.p99), `${ms(pump.jitter.p99)} (unpaced)`, ''],
    ['memory per call, in use', kilobytes(gateway.livePerCallBytes), kilobytes(pump.livePerCallBytes), ''],
    ['  resident, the whole process', megabytes(gateway.residentBytes), megabytes(pump.residentBytes), ''],
    ['replies measured', String(gateway.replies), String(pump.replies), '']
  ]
  return [
    `${calls} calls, windows of ${seconds} s; Node ${process.versions.node}, ${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(1)}`,
    ...table(rows)
  ].join('\n')
}

/** How the process under test and the generator fared in one window. */
export function windowLine (window: Window): string {
  const { loopDelayP99Ms, lateShare, cpuShare } = healthOf(window)
  return `CPU ${percent(cpuShareOf(window))} of a core; generator: event-loop delay p99 ${ms(loopDelayP99Ms)}, frames sent late ${percent(lateShare)}, CPU ${percent(cpuShare)} of a core`
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
const ms = (value: number): string => Number.isNaN(value) ? '-' : `${value.toFixed(2)} ms`
const kilobytes = (bytes: number): string => `${Math.round(bytes / 1024)} KB`
const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MB`
const target = (value: number, limit: number, unit: string): string => `<= ${limit}${unit}: ${value <= limit ? 'met' : 'MISSED'}`

function table (rows: readonly string[][]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map(row => row[column]!.length)))
  return rows.map(row => row.map((cell, column) => column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)).join('  '))
}
