import type { DialDecision } from '@karani/calling-rules'
import { forecastMinor, USUAL, type Rates, type ReportRow, type RowFault } from '@karani/campaigns'
import type { Campaign, CampaignReport, Lead, LeadCounts, RowPreview } from '@karani/records'
import type { Colors } from 'picocolors/types.js'
import { money, plain } from '../display/text.ts'

const number = (value: number): string => value.toLocaleString('en')

/** `[#####-----]  50 %  500,000 rows` */
export function progressBar (share: number, rows: number, width: number): string {
  const full = Math.round(Math.min(1, share) * width)
  return `[${'#'.repeat(full)}${'-'.repeat(width - full)}] ${String(Math.floor(Math.min(1, share) * 100)).padStart(3)} %  ${number(rows)} rows`
}

/** In the form that editors jump to. */
export const faultLine = (file: string, { line, message }: RowFault, { red }: Colors): string => `${red(`${plain(file)}:${line}`)} ${plain(message)}`

export function previewLine ({ line, subject, decision }: RowPreview, { green, yellow, red }: Colors): string {
  const paint = { 'call-now': green, 'call-at': yellow, never: red }[decision.verdict]
  return `${String(line).padStart(6)}  ${plain(subject).padEnd(12)} ${paint(verdictWords(decision))}`
}

function verdictWords (decision: DialDecision): string {
  switch (decision.verdict) {
    case 'call-now': return 'would be called now'
    case 'call-at': return `would be called at ${decision.at}: ${words(decision.reason)}`
    case 'never': return `would not be called: ${words(decision.reason)}`
  }
}

/** What became of a lead, in the zone of the business. */
export function leadLine ({ subject, state, outcome, reason, dueAt }: Lead, timeZone: string, { bold, green, yellow, red }: Colors): string {
  const what = state === 'waiting'
    ? yellow(`to be called ${when(dueAt, timeZone)}${reason === null ? '' : `: ${words(reason)}`}`)
    : outcome === 'refused' ? red(`not called: ${words(reason ?? '')}`) : green(words(outcome ?? ''))
  return `  ${bold(plain(subject))}  ${what}`
}

const when = (at: Date, timeZone: string): string => at.toLocaleString('en-GB', { timeZone, dateStyle: 'full', timeStyle: 'short' })

/** A demonstration asks the rules about another instant than now. */
export const clockLine = (at: Date, timeZone: string): string => `For the demonstration the rules are asked as if it were ${when(at, timeZone)} (${timeZone}); npm start -- --real-clock asks them about now.`

const words = (reason: string): string => reason.replaceAll('-', ' ')

export function forecastLine (leads: number, { currency, rates }: { currency: string, rates: Rates }): string {
  return `Forecast: at most ${money(forecastMinor(leads, rates), currency)}, if ${USUAL.answerRate * 100} % of ${number(leads)} answer and talk for ${USUAL.secondsPerCall} s, at ${money(rates.outboundPerMinuteMinor + rates.streamPerMinuteMinor, currency)} a minute, paid by the second. The model is not in it.`
}

export function statusLines ({ campaignId, name, state, pausedBy, purpose, line }: Campaign, { waiting, dialling, done, outcomes, refusals, postponed, nextAt }: LeadCounts, timeZone: string, { bold, dim }: Colors): string[] {
  const paused = pausedBy === null ? '' : pausedBy === 'wallet' ? ' (the wallet is empty, or nearly)' : ' (by staff)'
  return [
    `${bold(plain(name))}  ${state}${paused}  ${dim(`${campaignId}, ${purpose}, from ${line}`)}`,
    ...pausedBy === null ? [] : [`  To go on: ${pausedBy === 'wallet' ? "top up the carrier's wallet, then " : ''}npm run campaign -- resume '${plain(name)}'`],
    `  ${number(waiting)} waiting, ${number(dialling)} being called, ${number(done)} done`,
    ...nextAt === null || state !== 'running' ? [] : [`  next: ${when(nextAt, timeZone)} (${timeZone})`],
    ...counted('done', outcomes), ...counted('refused', refusals), ...counted('put off', postponed)
  ]
}

function counted (title: string, counts: Readonly<Record<string, number | undefined>>): string[] {
  const parts = Object.entries(counts).map(([name, count = 0]) => `${words(name)} ${number(count)}`)
  return parts.length === 0 ? [] : [`  ${title}: ${parts.join(', ')}`]
}

export function reportTable ({ campaign }: CampaignReport, rows: readonly ReportRow[], { bold }: Colors): string[] {
  const widest = Math.max(...rows.map(([what]) => what.length))
  const shown = ([what, value]: ReportRow): string => /_minor_/.test(what) ? money(value, '').trim() : number(value)
  return [bold(plain(campaign.name)), ...rows.map(row => `  ${row[0].replace('_minor_', '_').replaceAll('_', ' ').padEnd(widest)}  ${shown(row).padStart(12)}`)]
}
