import t from 'tap'
import fc from 'fast-check'
import { Type } from 'typebox'
import { ConfigError, Csv, Flag, LinesFile, Milliseconds, Port, PostgresUrl, readConfig, RedisUrl, Secret, SharedConfig, SocketUrl, WebUrl } from '../src/index.ts'

const KEY = 'k'.repeat(32)
const Service = Type.Object({
  ...SharedConfig,
  PORT: Port({ default: 3000 }),
  REDIS_URL: RedisUrl(),
  DATABASE_URL: Type.Optional(PostgresUrl()),
  MEDIA_URL: Type.Optional(SocketUrl()),
  PUBLIC_URL: WebUrl({ default: 'https://karani.example' }),
  CALL_TOKEN_SECRET: Secret(),
  WEBHOOK_TOKENS: Csv(Type.String({ minLength: 16, description: '16 characters or more' })),
  API_TOKENS: Csv(Secret(), { minItems: 1, default: [KEY] }),
  CONNECT_MS: Milliseconds({ default: 2_000 }),
  ALLOW_UNSIGNED_WEBHOOKS: Flag(),
  LINES_FILE: LinesFile()
})
const ENOUGH = { REDIS_URL: 'redis://127.0.0.1:6379', CALL_TOKEN_SECRET: KEY }
const DEFAULTS = {
  HOST: '127.0.0.1',
  LOG_LEVEL: 'info',
  DRAIN_TIMEOUT_MS: 960_000,
  ALLOW_PLAINTEXT: false,
  PORT: 3000,
  PUBLIC_URL: 'https://karani.example',
  WEBHOOK_TOKENS: [],
  API_TOKENS: [KEY],
  CONNECT_MS: 2_000,
  ALLOW_UNSIGNED_WEBHOOKS: false,
  LINES_FILE: 'config/lines.json'
}

t.test('what is required is enough; the rest has defaults, and optional variables are absent', async (t) => {
  t.strictSame(readConfig(Service, ENOUGH), { ...DEFAULTS, ...ENOUGH })
})

const accepted: Array<[string, string, unknown]> = [
  ['PORT', '0', 0],
  ['PORT', '65535', 65_535],
  ['CONNECT_MS', '007', 7],
  ['ALLOW_UNSIGNED_WEBHOOKS', 'true', true],
  ['ALLOW_UNSIGNED_WEBHOOKS', 'false', false],
  ['LOG_LEVEL', 'trace', 'trace'],
  ['HOST', '0.0.0.0', '0.0.0.0'],
  ['WEBHOOK_TOKENS', ' aaaaaaaaaaaaaaaa ,,bbbbbbbbbbbbbbbb,', ['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb']],
  ['CALL_TOKEN_SECRET', '1'.repeat(40), '1'.repeat(40)],
  ['PUBLIC_URL', 'http://localhost:3000', 'http://localhost:3000'],
  ['PUBLIC_URL', 'http://[::1]:3000', 'http://[::1]:3000'],
  ['MEDIA_URL', 'ws://127.0.0.1:8080', 'ws://127.0.0.1:8080'],
  ['MEDIA_URL', 'wss://media.karani.example', 'wss://media.karani.example'],
  ['REDIS_URL', 'rediss://user:pw@redis.example:6380/1', 'rediss://user:pw@redis.example:6380/1'],
  ['REDIS_URL', '/run/redis.sock', '/run/redis.sock'],
  ['DATABASE_URL', 'postgresql://LOCALHOST/karani', 'postgresql://LOCALHOST/karani'],
  ['DATABASE_URL', 'postgres:///karani?host=/run/postgresql', 'postgres:///karani?host=/run/postgresql'],
  ['DATABASE_URL', 'postgres://%2Frun%2Fpostgresql/karani', 'postgres://%2Frun%2Fpostgresql/karani'],
  ['DATABASE_URL', '/run/postgresql karani', '/run/postgresql karani'],
  ['DATABASE_URL', 'postgres://db.example/karani?sslmode=verify-full', 'postgres://db.example/karani?sslmode=verify-full']
]
for (const [name, text, value] of accepted) {
  t.test(`${name}=${text} is accepted`, async (t) => {
    t.strictSame(readConfig(Service, { ...ENOUGH, [name]: text })[name as keyof typeof DEFAULTS], value)
  })
}

const unset = 'is not set'
const plaintext = 'is not encrypted'
const refused: Array<[string, string, string]> = [
  ['CALL_TOKEN_SECRET', '', unset],
  ['REDIS_URL', '', unset],
  ['PORT', 'http', 'must be integer'],
  ['PORT', '80.5', 'must be integer'],
  ['PORT', '0x50', 'must be integer'],
  ['PORT', '1e3', 'must be integer'],
  ['PORT', '-1', 'must be >= 0'],
  ['PORT', '65536', 'must be <= 65535'],
  ['CONNECT_MS', '2s', 'must be integer'],
  ['ALLOW_PLAINTEXT', 'yes', 'must be boolean'],
  ['ALLOW_UNSIGNED_WEBHOOKS', 'TRUE', 'must be boolean'],
  ['LOG_LEVEL', 'loud', 'must be equal'],
  ['CALL_TOKEN_SECRET', 'hunter2-hunter2-hunter2-hunter2', 'must not have fewer than 32 characters'],
  ['WEBHOOK_TOKENS', 'aaaaaaaaaaaaaaaa,hunter2', 'must not have fewer than 16 characters'],
  ['API_TOKENS', ' , ', 'must not have fewer than 1 items'],
  ['PUBLIC_URL', 'karani.example', 'must be a URL that begins with https: or http:'],
  ['PUBLIC_URL', 'wss://karani.example', 'must be a URL that begins with https: or http:'],
  ['MEDIA_URL', 'https://karani.example', 'must be a URL that begins with wss: or ws:'],
  ['REDIS_URL', 'localhost:6379', 'must be a URL'],
  ['PUBLIC_URL', 'http://karani.example', plaintext],
  ['PUBLIC_URL', 'http://127.0.0.1.karani.example', plaintext],
  ['PUBLIC_URL', 'http://localhost.karani.example', plaintext],
  ['MEDIA_URL', 'ws://10.0.0.7:8080', plaintext],
  ['MEDIA_URL', 'ws://127.0.0.1@media.example', plaintext],
  ['REDIS_URL', 'redis://:hunter2@redis.example', plaintext],
  ['DATABASE_URL', 'postgres://karani:hunter2@db.example/karani', plaintext],
  ['DATABASE_URL', 'postgresql://db.example/karani?sslmode=prefer', plaintext],
  ['DATABASE_URL', 'postgres://localhost/karani?host=db.example', plaintext]
]
for (const [name, text, why] of refused) {
  t.test(`${name}=${text} is refused: ${why}`, async (t) => {
    t.throws(() => readConfig(Service, { ...ENOUGH, [name]: text }), { code: 'CONFIG_INVALID', message: new RegExp(`^${name}: ${why}[^;\n]*; [^\n]+$`) })
  })
}

t.test('inside a private network every host may be reached without encryption', async (t) => {
  const { PUBLIC_URL, REDIS_URL } = readConfig(Service, { ...ENOUGH, ALLOW_PLAINTEXT: 'true', PUBLIC_URL: 'http://webhook-api', REDIS_URL: 'redis://redis' })
  t.strictSame([PUBLIC_URL, REDIS_URL], ['http://webhook-api', 'redis://redis'])
})

t.test('a URL in a list, or in a variable that is not said to be a URL, must be encrypted too', async (t) => {
  const Peers = Type.Object({ PEERS: Csv(Type.String()), HOOK: Type.String() })
  t.throws(() => readConfig(Peers, { PEERS: 'https://a.example,http://b.example', HOOK: 'https://c.example' }), { message: /^PEERS: / })
  t.throws(() => readConfig(Peers, { PEERS: '', HOOK: 'http://c.example' }), { message: /^HOOK: / })
})

t.test('an empty variable counts as unset', async (t) => {
  t.strictSame(readConfig(Service, { ...ENOUGH, PORT: '', DATABASE_URL: '', API_TOKENS: '', LOG_LEVEL: '' }), { ...DEFAULTS, ...ENOUGH })
})

t.test('variables that the schema does not name are not looked at', async (t) => {
  t.notOk('HOME' in readConfig(Service, { ...ENOUGH, HOME: '/root' }))
})

t.test('a configuration cannot be changed, and does not share its lists with the next one', async (t) => {
  const first = readConfig(Service, ENOUGH)
  t.throws(() => { (first as { PORT: number }).PORT = 1 }, TypeError)
  first.WEBHOOK_TOKENS.push('changed')
  t.strictSame(readConfig(Service, ENOUGH).WEBHOOK_TOKENS, [])
})

t.test('whatever a variable holds, the result is a configuration or one line that does not repeat it', async (t) => {
  const name = fc.constantFrom(...Object.keys(Service.properties))
  const text = fc.oneof(fc.string({ minLength: 3 }), fc.webUrl(), fc.string({ minLength: 3 }).map(rest => `postgres://${rest}`))
  t.doesNotThrow(() => fc.assert(fc.property(name, text, (name, text) => {
    try {
      readConfig(Service, { ...ENOUGH, [name]: text })
    } catch (err) {
      if (!(err instanceof ConfigError) || !err.message.startsWith(`${name}: `) || err.message.includes('\n')) throw err
      return text.length < 8 || !err.message.includes(text)
    }
  }), { numRuns: 500 }))
})
