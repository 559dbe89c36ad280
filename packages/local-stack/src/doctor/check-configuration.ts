import { ConfigError, leavesInPlaintext } from '@karani/environment'
import { readLines } from '@karani/lines'
import type { Settings } from '../stack/services.ts'
import { fault, good, note, type Finding } from './finding.ts'

/** What can be said about the settings without asking anybody. No finding repeats a value: it could be a secret. */
export function checkConfiguration (settings: Settings, linesFile: string): Finding[] {
  return [
    ...keys(settings),
    ...settings.SAUTIKIT_API_KEY ? publicUrls(settings) : [],
    ...webhookProofs(settings),
    ...mpesa(settings),
    ...secrets(settings),
    ...servers(settings),
    lines(linesFile)
  ]
}

function keys (settings: Settings): Finding[] {
  const without: Record<string, string> = {
    GEMINI_API_KEY: 'not set: the model is simulated. A key comes from https://aistudio.google.com/apikey',
    SAUTIKIT_API_KEY: 'not set: the carrier is simulated. A key comes from the Sautikit workspace',
    MPESA_CONSUMER_KEY: 'not set: M-Pesa is simulated, or absent beside the real carrier. A key comes from https://developer.safaricom.co.ke'
  }
  return Object.entries(without).map(([name, consequence]) => {
    const key = settings[name]
    if (!key) return note(name, consequence)
    return /^[\x21-\x7e]{16,}$/.test(key) && !/["'<>]/.test(key) ? good(name, 'is set') : fault(name, 'does not look like a key; copy it again, without quotes and spaces')
  })
}

/** Only with the real carrier: how it reaches this machine. */
function publicUrls (settings: Settings): Finding[] {
  const wanted: Record<string, [protocol: string, whatFor: string]> = {
    PUBLIC_URL: ['https:', 'where the carrier asks what to do with a call'],
    MEDIA_URL: ['wss:', 'where the carrier brings the audio']
  }
  return Object.entries(wanted).map(([name, [protocol, whatFor]]) => {
    const url = settings[name]
    if (!url) return fault(name, `not set: ${whatFor}; set it to the ${protocol}// address of this machine, or of a tunnel to it`)
    if (!URL.canParse(url)) return fault(name, `is not a URL; set it to one that begins with ${protocol}//`)
    const { protocol: given, pathname } = new URL(url)
    if (given !== protocol) return fault(name, `begins with ${given}//; the carrier needs ${protocol}//`)
    return pathname === '/' ? good(name, 'is set') : fault(name, 'has a path; leave only the origin')
  })
}

/** How a webhook shows that it comes from the carrier. */
function webhookProofs ({ SAUTIKIT_SIGNING_SECRETS, WEBHOOK_TOKENS, SAUTIKIT_API_KEY, ALLOW_UNSIGNED_WEBHOOKS }: Settings): Finding[] {
  const tokens = WEBHOOK_TOKENS?.split(',').map(token => token.trim()).filter(Boolean) ?? []
  const findings: Finding[] = []
  if (tokens.some(token => !/^[A-Za-z0-9_-]{32,100}$/.test(token))) findings.push(fault('WEBHOOK_TOKENS', "needs 32 to 100 letters, digits, '_' and '-' each; make one with: openssl rand -hex 32"))
  if (ALLOW_UNSIGNED_WEBHOOKS === 'true' && SAUTIKIT_API_KEY) findings.push(fault('ALLOW_UNSIGNED_WEBHOOKS', 'lets anybody speak as the carrier; remove it'))
  if (SAUTIKIT_API_KEY && !SAUTIKIT_SIGNING_SECRETS && tokens.length === 0) findings.push(note('WEBHOOK_TOKENS', 'not set, nor is SAUTIKIT_SIGNING_SECRETS: npm start makes up a token and keeps it in its data folder'))
  return findings
}

/** With a key, all of it; and Daraja must reach us, as the carrier must. */
function mpesa (settings: Settings): Finding[] {
  if (!settings.MPESA_CONSUMER_KEY) return []
  const missing = ['MPESA_CONSUMER_SECRET', 'MPESA_SHORTCODE', 'MPESA_PASSKEY', 'MPESA_BASE_URL'].filter(name => !settings[name])
  const isPublic = settings.PUBLIC_URL?.startsWith('https://') === true
  return [
    ...missing.map(name => fault(name, 'not set, and MPESA_CONSUMER_KEY is; see .env.example')),
    ...isPublic || settings.SAUTIKIT_API_KEY ? [] : [fault('PUBLIC_URL', 'not set to an https:// address: M-Pesa tells there how a payment went')]
  ]
}

function secrets ({ CALL_TOKEN_SECRET }: Settings): Finding[] {
  if (CALL_TOKEN_SECRET === undefined) return []
  return CALL_TOKEN_SECRET.length >= 32 ? [good('CALL_TOKEN_SECRET', 'is set')] : [fault('CALL_TOKEN_SECRET', 'is too short; make one with: openssl rand -hex 32')]
}

function servers (settings: Settings): Finding[] {
  const protocols: Record<string, RegExp> = { REDIS_URL: /^rediss?:$/, DATABASE_URL: /^postgres(ql)?:$/ }
  return Object.entries(protocols).map(([name, protocol]) => {
    const url = settings[name]
    if (!url) return note(name, 'not set: npm start brings up a server of its own')
    if (!URL.canParse(url) || !protocol.test(new URL(url).protocol)) return fault(name, 'is not a URL of that kind; see .env.example')
    if (leavesInPlaintext(url) && settings.ALLOW_PLAINTEXT !== 'true') return fault(name, 'is not encrypted and not on this machine; use TLS, or set ALLOW_PLAINTEXT=true inside a private network')
    return good(name, 'is set')
  })
}

function lines (file: string): Finding {
  try {
    const { lines } = readLines(file)
    return good('LINES_FILE', `${lines.length} lines: ${lines.map(({ number, agent }) => `${number} ${agent}`).join(', ')}`)
  } catch (err) {
    if (!(err instanceof ConfigError)) throw err
    return fault('LINES_FILE', err.message.replace(/^LINES_FILE: /, ''))
  }
}
