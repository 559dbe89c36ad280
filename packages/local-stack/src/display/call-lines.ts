import type { CallLogEntry, FinishedCall } from '@karani/call-model'
import type { Colors } from 'picocolors/types.js'
import { clock, money, plain, span, wrap } from './text.ts'

/** How wide the terminal is, and whether it shows colours. */
export interface Page { width: number, colors: Colors }

const TIME_WIDTH = 7
const LABEL_WIDTH = 7
/** A speaker takes at most this part of the line: the caller from the left, the clerk from the right, as in the recording. */
const SPEECH_SHARE = 0.62

/** A call as people read it, one entry at a time. Entries that tell a reader nothing give no line. */
export function callLines (entry: CallLogEntry, page: Page): string[] {
  const { colors } = page
  const note = (text: string, paint: Colors['dim'] = colors.dim) => [`${time(entry.atMs, page)}${' '.repeat(LABEL_WIDTH)}${paint(text)}`]
  switch (entry.type) {
    case 'opened': return note(`answered by the ${entry.agent} clerk`, colors.green)
    case 'clip': return clerk(entry.text, entry.atMs, page)
    case 'model-ready': return note('model connected')
    case 'caller-said': return caller(entry.text, entry.atMs, page)
    case 'clerk-said': return clerk(entry.cut ? cutOff(entry.text) : entry.text, entry.atMs, page)
    case 'response': return note(`replied after ${span(entry.latencyMs)}`)
    case 'interrupted': return note(`interrupted: ${span(entry.heardMs)} heard, ${span(entry.droppedMs)} unsaid`, colors.yellow)
    case 'tool-called': return []
    case 'tool-answered': return note(`${entry.tool}: ${entry.outcome}, ${span(entry.durationMs)}`, colors.magenta)
    case 'news': return note(`news: ${entry.kind.replaceAll('-', ' ')}`, colors.magenta)
    case 'untrue-figure': return note(`untrue ${entry.currency ? 'amount' : 'figure'}: ${plain(entry.text)}${entry.correction ? ', to be taken back' : ''}`, entry.currency ? colors.red : colors.yellow)
    case 'fault': return note(`fault: ${entry.code}`, colors.red)
    case 'closed': return note(`${ending(entry.endedBy)} after ${clock(entry.atMs)}, ${money(entry.costMinor, entry.currency)}`, colors.green)
  }
}

export interface Ring { from: string | null, line: string, business: string }

/** Before the call is answered. */
export function ringLines ({ from, line, business }: Ring, { colors }: Page): string[] {
  return ['', `${' '.repeat(TIME_WIDTH)}${colors.bold(`${from ?? 'a withheld number'} rings ${business}, ${line}`)}`]
}

/** What a finished call comes to. */
export function summaryLines ({ entries }: FinishedCall, { colors }: Page): string[] {
  const latencies = entries.flatMap(entry => entry.type === 'response' ? [entry.latencyMs] : []).sort((a, b) => a - b)
  const count = (type: CallLogEntry['type'], one: string, many: string) => {
    const n = entries.filter(entry => entry.type === type).length
    return n === 0 ? [] : [`${n} ${n === 1 ? one : many}`]
  }
  const facts = [
    ...replies(latencies),
    ...count('tool-answered', 'tool call', 'tool calls'),
    ...count('interrupted', 'interruption', 'interruptions'),
    ...count('untrue-figure', 'untrue figure', 'untrue figures'),
    ...count('fault', 'fault', 'faults')
  ]
  return facts.length === 0 ? [] : [`${' '.repeat(TIME_WIDTH + LABEL_WIDTH)}${colors.dim(facts.join(' · '))}`]
}

function caller (text: string, atMs: number, page: Page): string[] {
  const { colors } = page
  return wrap(text, speechWidth(page)).map((line, i) => i === 0
    ? `${time(atMs, page)}${colors.cyan('caller ▏')}${line}`
    : `${' '.repeat(TIME_WIDTH + LABEL_WIDTH)}${colors.cyan('▏')}${line}`)
}

function clerk (text: string, atMs: number, page: Page): string[] {
  const { width, colors } = page
  const lines = wrap(text, speechWidth(page))
  const widest = Math.max(0, ...lines.map(line => line.length))
  const indent = ' '.repeat(width - TIME_WIDTH - LABEL_WIDTH - 1 - widest)
  return lines.map((line, i) => i === 0
    ? `${time(atMs, page)}${indent}${line.padEnd(widest)}${colors.yellow('▕ clerk')}`
    : `${' '.repeat(TIME_WIDTH)}${indent}${line.padEnd(widest)}${colors.yellow('▕')}`)
}

/** A sentence that was not let finish has no full stop. */
function cutOff (text: string): string {
  return `${text.replace(/[.?!…]+$/, '')}—`
}

/** From the shortest to the longest; of one or two there is no middle. */
function replies (latencies: number[]): string[] {
  const longest = latencies.at(-1)
  if (longest === undefined) return []
  const median = latencies[latencies.length >> 1] ?? longest
  return [latencies.length < 3 ? `replies within ${span(longest)}` : `replies after ${span(median)} (median), ${span(longest)} (longest)`]
}

function speechWidth ({ width }: Page): number {
  return Math.floor((width - TIME_WIDTH - LABEL_WIDTH - 1) * SPEECH_SHARE)
}

function time (atMs: number, { colors }: Page): string {
  return colors.dim(clock(atMs).padStart(TIME_WIDTH - 2).padEnd(TIME_WIDTH))
}

function ending (endedBy: string): string {
  if (endedBy === 'caller') return 'the caller hung up'
  if (endedBy === 'clerk') return 'the clerk hung up'
  if (endedBy === 'handed-over') return 'a person took over'
  return `ended by ${endedBy}`
}
