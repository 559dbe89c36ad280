/** The services, with the port that each has when it stands alone on a machine. */
export const SERVICE_PORTS = { 'webhook-api': 3000, 'media-gateway': 8080, 'tools-service': 3001, 'telephony-worker': 3003 } as const

export type ServiceName = keyof typeof SERVICE_PORTS
export const SERVICE_NAMES = Object.keys(SERVICE_PORTS) as ServiceName[]

/** Who listens in a stack: the services, and the three doors of the simulator. */
export const LISTENER_PORTS = { ...SERVICE_PORTS, simulator: 3100, 'gemini-simulator': 3101, 'daraja-simulator': 3102 } as const
export type Listener = keyof typeof LISTENER_PORTS
export const LISTENERS = Object.keys(LISTENER_PORTS) as Listener[]

/** The variable that moves a listener of a stack from its port: MEDIA_GATEWAY_PORT. */
export const portVariable = (listener: Listener): string => `${listener.replaceAll('-', '_').toUpperCase()}_PORT`

/** What every service reads. */
const SHARED = ['HOST', 'REDIS_URL', 'LINES_FILE', 'LOG_LEVEL', 'DRAIN_TIMEOUT_MS', 'ALLOW_PLAINTEXT']

/** What each service reads besides: a service is given no secret that it does not need. */
const OWN: Record<ServiceName, string[]> = {
  'webhook-api': ['PUBLIC_URL', 'MEDIA_URL', 'SAUTIKIT_SIGNING_SECRETS', 'WEBHOOK_TOKENS', 'ALLOW_UNSIGNED_WEBHOOKS', 'API_TOKENS', 'DATABASE_URL', 'MPESA_CALLBACK_SECRET'],
  'media-gateway': [
    'TOOLS_URL', 'CALL_TOKEN_SECRET', 'LIVE_MODEL', 'GEMINI_API_KEY', 'GEMINI_URL', 'GEMINI_MODEL', 'OPENAI_API_KEY', 'OPENAI_URL',
    'SAUTIKIT_API_URL', 'SAUTIKIT_API_KEY', 'PUBLIC_URL', 'MAX_CALLS', 'MAX_CALL_MS', 'MODEL_CONNECT_TIMEOUT_MS', 'MODEL_SESSIONS', 'INBOUND_RESERVE', 'RECORDINGS_URL'
  ],
  'tools-service': [
    'DATABASE_URL', 'CALL_TOKEN_SECRET', 'MPESA_BASE_URL', 'MPESA_CONSUMER_KEY', 'MPESA_CONSUMER_SECRET', 'MPESA_SHORTCODE', 'MPESA_PASSKEY',
    'MPESA_CALLBACK_SECRET', 'MPESA_MAX_KES', 'PUBLIC_URL', 'KITCHEN_WEBHOOK_URL', 'KITCHEN_WEBHOOK_SECRET',
    'LENDING_URL', 'LENDING_SECRET', 'COURIER_URL', 'COURIER_SECRET', 'MENU_URL', 'MENU_SECRET'
  ],
  'telephony-worker': [
    'DATABASE_URL', 'SAUTIKIT_API_URL', 'SAUTIKIT_API_KEY', 'PUBLIC_URL', 'WEBHOOK_TOKENS', 'CALLS_PER_SECOND', 'MAX_OUTBOUND_CALLS', 'CIRCUIT_OPEN_MS', 'WALLET_RESERVE_MINOR',
    'MAX_CALL_MS', 'MODEL_SESSIONS', 'INBOUND_RESERVE', 'RECORDINGS_URL', 'LENDING_URL', 'LENDING_SECRET'
  ]
}

/** Which of the carrier's contradictions the simulator plays, and what goes wrong with M-Pesa. */
const SIMULATOR = ['SIMULATED_CARRIER', 'SIMULATED_MPESA']

/** Every variable that configures Karani on one machine. */
export const VARIABLES: ReadonlySet<string> = new Set([...SHARED, ...Object.values(OWN).flat(), ...SIMULATOR, ...LISTENERS.map(portVariable)])

export type Settings = Readonly<Record<string, string>>

/** What of `settings` one service is given: its own variables, and those that no service claims. */
export function settingsFor (service: ServiceName, settings: Settings): Settings {
  const mine = new Set([...SHARED, ...OWN[service]])
  return Object.fromEntries(Object.entries(settings).filter(([name]) => mine.has(name) || !VARIABLES.has(name)))
}

/** Whether it connects to PostgreSQL when it is started with `settings`: webhook-api does for its API alone. */
export function needsDatabase (service: ServiceName, settings: Settings): boolean {
  if (service === 'webhook-api' && settings.API_TOKENS === undefined) return false
  return OWN[service].includes('DATABASE_URL')
}
