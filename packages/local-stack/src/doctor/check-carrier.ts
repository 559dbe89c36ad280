import type { CarrierNumber, SautikitClient, SautikitError, Wallet } from '@karani/sautikit'
import { money } from '../display/text.ts'
import type { Settings } from '../stack/services.ts'
import { fault, good, note, type Finding } from './finding.ts'
import { eventsUrl, voiceUrl } from './webhook-urls.ts'

const ANSWER_TIMEOUT_MS = 5_000

export type Carrier = Pick<SautikitClient, 'listNumbers' | 'wallet'>

/** Asks the carrier about the workspace: its money, and whether its numbers lead here. `lines`: our numbers, E.164. */
export async function checkCarrier (carrier: Carrier, settings: Settings, lines: readonly string[]): Promise<Finding[]> {
  const [wallet, numbers] = await Promise.all([
    carrier.wallet().then(walletFinding).catch(refusal('wallet')),
    carrier.listNumbers().then(owned => numberFindings(owned, settings, lines)).catch(err => [refusal('numbers')(err)])
  ])
  return [wallet, ...numbers]
}

function walletFinding ({ balance_minor: balance, currency }: Wallet): Finding {
  return balance > 0 ? good('Sautikit wallet', `holds ${money(balance, currency)}`) : fault('Sautikit wallet', `holds ${money(balance, currency)}: calls will be refused; top it up`)
}

function numberFindings (owned: CarrierNumber[], settings: Settings, lines: readonly string[]): Finding[] {
  const findings = owned.map(({ e164, voice_callback_url: voice, events_url: events }) => {
    if (!lines.includes(e164)) return note(e164, 'is yours, and no line in LINES_FILE; add it there to have it answered')
    if (voice === voiceUrl(settings) && events === eventsUrl(settings)) return good(e164, 'leads here')
    return fault(e164, `${voice ? 'leads elsewhere' : 'leads nowhere'}; send it here with: npm run doctor -- --route ${e164}`)
  })
  const mine = owned.map(({ e164 }) => e164)
  if (!lines.some(line => mine.includes(line))) findings.push(fault('LINES_FILE', 'names none of the numbers of your workspace; put one of them in place of the demo numbers'))
  return findings
}

function refusal (what: string): (err: SautikitError) => Finding {
  return ({ code, reason, status }) => {
    if (code === 'SAUTIKIT_UNREACHABLE') return fault('Sautikit', `cannot be reached (${reason}); is this machine online, and SAUTIKIT_API_URL right?`)
    if (status === 401) return fault('SAUTIKIT_API_KEY', 'is not accepted; make a new one in the workspace')
    if (status === 403) return fault('SAUTIKIT_API_KEY', `may not read the ${what}; give it the scope ${what}.read`)
    return fault('Sautikit', `did not tell about the ${what} (${reason})`)
  }
}

/** Asks for our own services as the carrier would: from outside. */
export async function checkPublicUrls ({ PUBLIC_URL, MEDIA_URL }: Settings): Promise<Finding[]> {
  return await Promise.all([
    checkDoor('PUBLIC_URL', PUBLIC_URL, 'webhook-api'),
    checkDoor('MEDIA_URL', MEDIA_URL?.replace(/^ws/, 'http'), 'media-gateway')
  ])
}

async function checkDoor (name: string, origin: string | undefined, service: string): Promise<Finding> {
  const remedy = `start the stack (npm start) and check that the address leads to ${service}`
  try {
    const { status, body } = await fetch(new URL('/healthz', origin), { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) })
    await body?.cancel()
    return status === 200 ? good(name, `leads to ${service}`) : fault(name, `answers with status ${status}; ${remedy}`)
  } catch {
    return fault(name, `nobody answers there; ${remedy}`)
  }
}
