import { parseArgs } from 'node:util'
import { UsageError } from '../errors.ts'

/** What the words after `npm run campaign --` ask for. */
export type CampaignWish =
  | { readonly do: 'create', readonly file: string, readonly line: string, readonly name: string, readonly purpose: 'reminder' | 'collection' | 'delivery' | undefined, readonly at: Date | undefined, readonly dryRun: boolean, readonly withoutConsent: 'fault' | 'refuse' }
  | { readonly do: 'status', readonly campaign: string | undefined }
  | { readonly do: 'pause' | 'resume' | 'cancel', readonly campaign: string }
  | { readonly do: 'report', readonly campaign: string, readonly csv: boolean }

const HOW = `say what to do:
  npm run campaign -- create due.csv --line lender --name july [--at 2026-07-01T09:00:00+03:00] [--purpose collection] [--dry-run] [--refuse-without-consent]
  npm run campaign -- status [name]
  npm run campaign -- pause|resume|cancel name
  npm run campaign -- report name [--csv]
A lender's line calls for reminders, or with --purpose collection about what is overdue; a courier's line for deliveries. docs/campaigns.md has the columns.`

/** An instant that says its zone: no two people read it differently. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/

/** @throws UsageError when something is missing or wrong */
export function readCampaignWish (args: string[]): CampaignWish {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  const { values, positionals: [what, whose, ...rest] } = parseArgs({
    args,
    allowPositionals: true,
    options: { line: text, name: text, purpose: text, at: text, 'dry-run': flag, 'refuse-without-consent': flag, csv: flag }
  })
  if (rest.length > 0) throw new UsageError(`put a name with spaces into quotes, or leave out '${rest[0]}'`)
  switch (what) {
    case 'create': {
      const { line, name, purpose, at } = values
      if (whose === undefined) throw new UsageError('name the file: npm run campaign -- create due.csv --line lender --name july')
      if (!line) throw new UsageError('say which line calls, by its agent or its number: --line lender')
      if (!name || name.length > 100) throw new UsageError('give the campaign a name of at most 100 characters: --name july')
      return { do: what, file: whose, line, name, purpose: readPurpose(purpose), at: readInstant(at), dryRun: values['dry-run'], withoutConsent: values['refuse-without-consent'] ? 'refuse' : 'fault' }
    }
    case 'status': return { do: what, campaign: whose }
    case 'pause': case 'resume': case 'cancel': return { do: what, campaign: named(whose) }
    case 'report': return { do: what, campaign: named(whose), csv: values.csv }
    default: throw new UsageError(HOW)
  }
}

function named (campaign: string | undefined): string {
  if (campaign === undefined) throw new UsageError('name the campaign; npm run campaign -- status lists them')
  return campaign
}

function readPurpose (purpose: string | undefined): 'reminder' | 'collection' | 'delivery' | undefined {
  if (purpose === undefined || purpose === 'reminder' || purpose === 'collection' || purpose === 'delivery') return purpose
  throw new UsageError('choose a purpose: --purpose reminder, collection or delivery')
}

function readInstant (at: string | undefined): Date | undefined {
  if (at === undefined) return undefined
  if (!INSTANT.test(at) || Number.isNaN(Date.parse(at))) throw new UsageError('say when with its zone: --at 2026-07-01T09:00:00+03:00')
  return new Date(at)
}
