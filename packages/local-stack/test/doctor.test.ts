import path from 'node:path'
import t from 'tap'
import type { SautikitError } from '@karani/sautikit'
import { checkCarrier, checkPublicUrls, type Carrier } from '../src/doctor/check-carrier.ts'
import { checkConfiguration } from '../src/doctor/check-configuration.ts'
import { checkServers } from '../src/doctor/check-servers.ts'
import type { Finding } from '../src/doctor/finding.ts'
import { routeNumber } from '../src/doctor/route-number.ts'
import { startPostgres } from '../src/postgres/postgres-server.ts'
import { freePort } from '../src/process/free-port.ts'
import { startRedis } from '../src/redis/redis-server.ts'
import type { Settings } from '../src/stack/services.ts'
import { PROJECT_FOLDER } from '../src/project-folder.ts'

const LINES = path.join(PROJECT_FOLDER, 'config/lines.json')
const KEY = 'a-key-of-some-length'
const LIVE: Settings = { SAUTIKIT_API_KEY: KEY, PUBLIC_URL: 'https://voice.example.co.ke', MEDIA_URL: 'wss://media.example.co.ke', WEBHOOK_TOKENS: 't'.repeat(32) }

const faultsOf = (findings: Finding[]) => findings.filter(({ verdict }) => verdict === 'fault').map(({ subject }) => subject)

const table: Array<[string, Settings, string[]]> = [
  ['nothing is set: everything is simulated', {}, []],
  ['all is set for real calls', { ...LIVE, GEMINI_API_KEY: KEY }, []],
  ['a key with quotes', { GEMINI_API_KEY: `"${KEY}"` }, ['GEMINI_API_KEY']],
  ['a key cut short', { GEMINI_API_KEY: 'AIza' }, ['GEMINI_API_KEY']],
  ['a carrier that cannot reach us', { SAUTIKIT_API_KEY: KEY }, ['PUBLIC_URL', 'MEDIA_URL']],
  ['unencrypted public addresses', { ...LIVE, PUBLIC_URL: 'http://voice.example.co.ke', MEDIA_URL: 'ws://media.example.co.ke' }, ['PUBLIC_URL', 'MEDIA_URL']],
  ['a public address with a path', { ...LIVE, PUBLIC_URL: 'https://voice.example.co.ke/voice' }, ['PUBLIC_URL']],
  ['a public address that is none', { ...LIVE, PUBLIC_URL: 'voice.example.co.ke' }, ['PUBLIC_URL']],
  ['public addresses do not matter to the simulated carrier', { PUBLIC_URL: 'nonsense' }, []],
  ['half of what M-Pesa needs', { ...LIVE, MPESA_CONSUMER_KEY: KEY, MPESA_SHORTCODE: '174379' }, ['MPESA_CONSUMER_SECRET', 'MPESA_PASSKEY', 'MPESA_BASE_URL']],
  ['M-Pesa that cannot reach us', { MPESA_CONSUMER_KEY: KEY, MPESA_CONSUMER_SECRET: KEY, MPESA_SHORTCODE: '174379', MPESA_PASSKEY: KEY, MPESA_BASE_URL: 'https://sandbox.safaricom.co.ke' }, ['PUBLIC_URL']],
  ['a token that can be guessed', { ...LIVE, WEBHOOK_TOKENS: 'secret' }, ['WEBHOOK_TOKENS']],
  ['unsigned webhooks with the real carrier', { ...LIVE, ALLOW_UNSIGNED_WEBHOOKS: 'true' }, ['ALLOW_UNSIGNED_WEBHOOKS']],
  ['a short secret', { CALL_TOKEN_SECRET: 'short' }, ['CALL_TOKEN_SECRET']],
  ['servers of the wrong kind', { REDIS_URL: 'postgres://127.0.0.1', DATABASE_URL: 'nonsense' }, ['REDIS_URL', 'DATABASE_URL']],
  ['servers elsewhere without encryption', { REDIS_URL: 'redis://10.0.0.1', DATABASE_URL: 'postgres://10.0.0.1/karani' }, ['REDIS_URL', 'DATABASE_URL']],
  ['the same inside a private network', { REDIS_URL: 'redis://10.0.0.1', DATABASE_URL: 'postgres://10.0.0.1/karani', ALLOW_PLAINTEXT: 'true' }, []]
]

t.test('the configuration is judged variable by variable', async t => {
  for (const [title, settings, faults] of table) t.same(faultsOf(checkConfiguration(settings, LINES)), faults, title)
})

t.test('a lines file that is not there is a fault', async t => {
  t.same(faultsOf(checkConfiguration({}, '/nowhere/lines.json')), ['LINES_FILE'])
})

t.test('no finding repeats a value', async t => {
  const settings = Object.fromEntries(Object.keys({ ...LIVE, GEMINI_API_KEY: '', CALL_TOKEN_SECRET: '', REDIS_URL: '', DATABASE_URL: '' }).map(name => [name, 'xyzzy']))
  t.notMatch(JSON.stringify(checkConfiguration(settings, LINES)), 'xyzzy')
})

t.test('servers that answer are good, servers that do not are named', async t => {
  const [redis, postgres] = await Promise.all([startRedis(), startPostgres()])
  t.teardown(() => Promise.all([redis.stop(), postgres.stop()]))
  const found = await checkServers({ REDIS_URL: redis.url, DATABASE_URL: postgres.url })
  t.same(found.map(({ verdict, subject }) => [verdict, subject]), [['good', 'Redis'], ['good', 'PostgreSQL'], ['note', 'PostgreSQL']])
  const port = await freePort()
  const lost = await checkServers({ REDIS_URL: `redis://:xyzzy@127.0.0.1:${port}`, DATABASE_URL: `postgres://karani:xyzzy@127.0.0.1:${port}/karani` })
  t.same(faultsOf(lost), ['Redis', 'PostgreSQL'])
  t.match(lost.map(({ text }) => text).join(), 'ECONNREFUSED')
  t.notMatch(JSON.stringify(lost), 'xyzzy')
})

t.test('the carrier is asked for money and numbers', async t => {
  const here = { voice_callback_url: `${LIVE.PUBLIC_URL}/voice/${LIVE.WEBHOOK_TOKENS}`, events_url: `${LIVE.PUBLIC_URL}/events/${LIVE.WEBHOOK_TOKENS}` }
  const carrier = (balance: number, numbers: Awaited<ReturnType<Carrier['listNumbers']>>): Carrier => ({ wallet: async () => ({ balance_minor: balance, currency: 'KES' }), listNumbers: async () => numbers })
  const ask = (balance: number, numbers: Parameters<typeof carrier>[1]) => checkCarrier(carrier(balance, numbers), LIVE, ['+254711000001'])
  t.same(faultsOf(await ask(100, [{ id: '1', e164: '+254711000001', ...here }])), [])
  t.same(faultsOf(await ask(0, [{ id: '1', e164: '+254711000001', ...here }])), ['Sautikit wallet'])
  t.same(faultsOf(await ask(100, [{ id: '1', e164: '+254711000001', voice_callback_url: 'https://elsewhere.example' }])), ['+254711000001'])
  t.same(faultsOf(await ask(100, [{ id: '2', e164: '+254799999999', ...here }])), ['LINES_FILE'])
})

t.test('a carrier that refuses or is away is told apart, once for each question', async t => {
  const failing = (fault: Partial<SautikitError>): Carrier => {
    const fail = async () => { throw Object.assign(new Error('no'), fault) }
    return { wallet: fail, listNumbers: fail }
  }
  t.same(faultsOf(await checkCarrier(failing({ code: 'SAUTIKIT_REFUSED', status: 401 }), LIVE, [])), ['SAUTIKIT_API_KEY', 'SAUTIKIT_API_KEY'])
  const scopes = await checkCarrier(failing({ code: 'SAUTIKIT_REFUSED', status: 403 }), LIVE, [])
  t.match(scopes.map(({ text }) => text), [/wallet\.read/, /numbers\.read/])
  t.same(faultsOf(await checkCarrier(failing({ code: 'SAUTIKIT_UNREACHABLE', reason: 'network' }), LIVE, [])), ['Sautikit', 'Sautikit'])
})

t.test('public addresses at which nobody answers are faults', async t => {
  const port = await freePort()
  t.same(faultsOf(await checkPublicUrls({ PUBLIC_URL: `http://127.0.0.1:${port}`, MEDIA_URL: `ws://127.0.0.1:${port}` })), ['PUBLIC_URL', 'MEDIA_URL'])
})

t.test('a number is routed here only when the user agrees, and only one of the workspace', async t => {
  const routed: unknown[] = []
  const carrier = {
    listNumbers: async () => [{ id: 'number-1', e164: '+254711000001' }],
    setRouting: async (...args: unknown[]) => { routed.push(args) }
  }
  const route = (number: string, agrees: boolean) => routeNumber({ number, carrier, settings: LIVE, agree: async () => agrees })
  t.equal(await route('+254711000001', false), 'Nothing was changed.')
  await t.rejects(route('+254799999999', true), { code: 'USAGE' })
  t.same(routed, [])
  t.equal(await route('254711000001', true), '+254711000001 leads here now.')
  t.same(routed, [['number-1', { voiceCallbackUrl: `${LIVE.PUBLIC_URL}/voice/${LIVE.WEBHOOK_TOKENS}`, eventsUrl: `${LIVE.PUBLIC_URL}/events/${LIVE.WEBHOOK_TOKENS}` }]])
})
