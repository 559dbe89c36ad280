import type { CampaignReport } from '@karani/records'
import { forecastMinor, USUAL, type Rates } from './forecast.ts'

/** A line of a report. Money is integer minor units, with its currency in the name. */
export type ReportRow = readonly [what: string, value: number]

/** A campaign's report as a list of figures: the form that tables and CSV share. */
export function reportRows ({ leads, waiting, dialling, calls, reached, outcomes, refusals, costMinor, callsWithoutCost, tokens }: CampaignReport, { currency, rates }: { currency: string, rates: Rates }): ReportRow[] {
  const { promised = 0, paid = 0, refused = 0, ...others } = outcomes
  const spent = Object.entries({ [currency]: 0, ...costMinor })
  return [
    ['leads', leads], ['waiting', waiting], ['dialling', dialling], ['calls', calls], ['reached', reached],
    ['promised', promised], ['paid', paid],
    ...counted('outcome', others),
    ['refused', refused],
    ...counted('refused', refusals),
    ...spent.map(([name, minor]): ReportRow => [`cost_minor_${name}`, minor]),
    ['calls_without_cost', callsWithoutCost],
    [`forecast_minor_${currency}`, forecastMinor(leads, rates)],
    ['assumed_answer_percent', USUAL.answerRate * 100], ['assumed_seconds_per_call', USUAL.secondsPerCall],
    ['model_tokens_prompt', tokens.prompt], ['model_tokens_response', tokens.response], ['model_tokens_total', tokens.total]
  ]
}

const counted = (prefix: string, counts: Readonly<Record<string, number | undefined>>): ReportRow[] => Object.entries(counts).map(([name, count = 0]): ReportRow => [`${prefix}:${name}`, count])

/** RFC 4180, with a heading; no field of a report needs quotes. */
export const reportCsv = (rows: readonly ReportRow[]): string => ['what,value', ...rows.map(row => row.join(','))].join('\r\n') + '\r\n'
