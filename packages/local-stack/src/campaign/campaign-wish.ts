import { parseArgs } from 'node:util'
import { readInstant } from '@karani/calendar'
import { STAFF_REASONS, type StaffReason } from '@karani/records'
import { readPhoneNumber } from '@karani/sautikit'
import { UsageError } from '../errors.ts'
import { readPlaceWish, type PlaceWish } from './place-wish.ts'

/** What the words after `npm run campaign --` ask for. */
export type CampaignWish =
  | { readonly do: 'create', readonly file: string, readonly line: string, readonly name: string, readonly purpose: 'reminder' | 'collection' | 'delivery' | undefined, readonly at: Date | undefined, readonly dryRun: boolean, readonly withoutConsent: 'fault' | 'refuse' }
  | { readonly do: 'consents', readonly file: string, readonly dryRun: boolean }
  | { readonly do: 'stop', readonly phone: string | null, readonly accountId: string | null, readonly reason: StaffReason }
  | { readonly do: 'stops', readonly file: string, readonly dryRun: boolean }
  | { readonly do: 'status', readonly campaign: string | undefined }
  | { readonly do: 'pause' | 'resume' | 'cancel', readonly campaign: string }
  | { readonly do: 'report', readonly campaign: string, readonly csv: boolean }
  | PlaceWish

const HOW = `say what to do:
  npm run campaign -- consents consents.csv [--dry-run]
  npm run campaign -- create due.csv --line lender --name july [--at 2026-07-01T09:00:00+03:00] [--purpose collection] [--dry-run] [--refuse-without-consent]
  npm run campaign -- status [name]
  npm run campaign -- pause|resume|cancel name
  npm run campaign -- report name [--csv]
  npm run campaign -- stop +254712345678 [--account LN-1001] [--reason opt-out]
  npm run campaign -- stops stops.csv [--dry-run]
  npm run campaign -- close 2026-12-24 [--country KE] --name "Christmas Eve"; reopen 2026-12-24 [--country KE]; closed
  npm run campaign -- where LN-1001 --country UG [--confirmed [--zone Africa/Kampala]]
A lender's line calls for reminders, or with --purpose collection about what is overdue; a courier's line for deliveries. docs/campaigns.md has the columns.`

/** @throws UsageError when something is missing or wrong */
export function readCampaignWish (args: string[]): CampaignWish {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  const { values, positionals: [what, whose, ...rest] } = parseArgs({
    args,
    allowPositionals: true,
    options: { account: text, reason: text, line: text, name: text, purpose: text, at: text, 'dry-run': flag, 'refuse-without-consent': flag, csv: flag, country: text, zone: text, confirmed: flag }
  })
  if (rest.length > 0) throw new UsageError(`put a name with spaces into quotes, or leave out '${rest[0]}'`)
  switch (what) {
    case 'create': {
      const { line, name, purpose, at } = values
      if (whose === undefined) throw new UsageError('name the file: npm run campaign -- create due.csv --line lender --name july')
      if (!line) throw new UsageError('say which line calls, by its agent or its number: --line lender')
      if (!name || name.length > 100) throw new UsageError('give the campaign a name of at most 100 characters: --name july')
      return { do: what, file: whose, line, name, purpose: readPurpose(purpose), at: readAt(at), dryRun: values['dry-run'], withoutConsent: values['refuse-without-consent'] ? 'refuse' : 'fault' }
    }
    case 'consents': case 'stops': {
      if (whose === undefined) throw new UsageError(`name the file: npm run campaign -- ${what} ${what}.csv`)
      return { do: what, file: whose, dryRun: values['dry-run'] }
    }
    case 'stop': {
      const phone = readPhoneNumber(whose)
      if (whose !== undefined && phone === null) throw new UsageError('write the number with its country: npm run campaign -- stop +254712345678 (a list: npm run campaign -- stops stops.csv)')
      if (phone === null && !values.account) throw new UsageError('say whom: npm run campaign -- stop +254712345678, or --account LN-1001')
      return { do: what, phone, accountId: values.account ?? null, reason: readReason(values.reason) }
    }
    case 'status': return { do: what, campaign: whose }
    case 'pause': case 'resume': case 'cancel': return { do: what, campaign: named(whose) }
    case 'report': return { do: what, campaign: named(whose), csv: values.csv }
    case 'close': case 'reopen': case 'closed': case 'where': return readPlaceWish(what, whose, { name: values.name, country: values.country, zone: values.zone, confirmed: values.confirmed })
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

function readAt (at: string | undefined): Date | undefined {
  if (at === undefined) return undefined
  const instant = readInstant(at)
  if (instant === null) throw new UsageError('say when with its zone: --at 2026-07-01T09:00:00+03:00')
  return instant
}

function readReason (wanted = 'opt-out'): StaffReason {
  const reason = STAFF_REASONS.find(reason => reason === wanted)
  if (reason === undefined) throw new UsageError(`choose a reason: --reason ${STAFF_REASONS.join(', ')}`)
  return reason
}
