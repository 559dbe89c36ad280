import { readPhoneNumber, type SautikitClient } from '@karani/sautikit'
import { UsageError } from '../errors.ts'
import type { Settings } from '../stack/services.ts'
import { eventsUrl, voiceUrl } from './webhook-urls.ts'

export interface RouteOptions {
  /** As it was typed. */
  number: string
  carrier: Pick<SautikitClient, 'listNumbers' | 'setRouting'>
  settings: Settings
  /** True to go ahead. */
  agree: (question: string) => Promise<boolean>
}

/**
 * Makes the carrier bring a number's calls and events here; from then on callers reach the clerk. Says what it did.
 * @throws UsageError when the number is none of the workspace's
 */
export async function routeNumber ({ number, carrier, settings, agree }: RouteOptions): Promise<string> {
  const e164 = readPhoneNumber(number)
  const owned = (await carrier.listNumbers()).find(one => one.e164 === e164)
  if (owned === undefined) throw new UsageError('name a number of your workspace, like +254711000001')
  if (!await agree(`Send all calls and events of ${e164} to ${settings.PUBLIC_URL}?`)) return 'Nothing was changed.'
  await carrier.setRouting(owned.id, { voiceCallbackUrl: voiceUrl(settings), eventsUrl: eventsUrl(settings) })
  return `${e164} leads here now.`
}
