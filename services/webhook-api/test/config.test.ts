import t from 'tap'
import { readConfig } from '../src/config.ts'

const SAFE = {
  PUBLIC_URL: 'https://karani.example', MEDIA_URL: 'wss://media.example', REDIS_URL: 'rediss://redis.example:6379', SAUTIKIT_SIGNING_SECRETS: 'one,two'
}
const TOKEN = 't'.repeat(32)
const LOCAL = { PUBLIC_URL: 'http://127.0.0.1:3000', MEDIA_URL: 'ws://127.0.0.1:8080', REDIS_URL: 'redis://127.0.0.1:6379', SAUTIKIT_SIGNING_SECRETS: '', ALLOW_UNSIGNED_WEBHOOKS: 'true' }

t.test('a complete environment is read', async (t) => {
  t.match(readConfig(SAFE), { PORT: 3000, HOST: '127.0.0.1', LINES_FILE: 'config/lines.json', SAUTIKIT_SIGNING_SECRETS: ['one', 'two'], WEBHOOK_TOKENS: [], ALLOW_UNSIGNED_WEBHOOKS: false })
  t.match(readConfig({ ...SAFE, PUBLIC_URL: 'https://karani.example/calls/' }), { PUBLIC_URL: 'https://karani.example/calls' })
  t.match(readConfig({ ...SAFE, SAUTIKIT_SIGNING_SECRETS: '', WEBHOOK_TOKENS: TOKEN }), { WEBHOOK_TOKENS: [TOKEN] })
  for (const PUBLIC_URL of ['http://127.0.0.1:3000', 'http://localhost:3000', 'http://[::1]:3000', 'https://127.9.9.9']) {
    t.match(readConfig({ ...LOCAL, PUBLIC_URL }), { ALLOW_UNSIGNED_WEBHOOKS: true })
  }
})

const refused: [what: string, env: Record<string, string>, variable: string][] = [
  ['a campaign API without a database', { ...SAFE, API_TOKENS: TOKEN }, 'DATABASE_URL'],
  ['a token of the campaign API that can be guessed', { ...SAFE, DATABASE_URL: 'postgres://db.example/karani?sslmode=verify-full', API_TOKENS: 'short' }, 'API_TOKENS'],
  ['no public URL', { ...SAFE, PUBLIC_URL: '' }, 'PUBLIC_URL'],
  ['no media URL', { ...SAFE, MEDIA_URL: '' }, 'MEDIA_URL'],
  ['no Redis', { ...SAFE, REDIS_URL: '' }, 'REDIS_URL'],
  ['a public URL that is none', { ...SAFE, PUBLIC_URL: 'karani.example' }, 'PUBLIC_URL'],
  ['a public URL in plaintext', { ...SAFE, PUBLIC_URL: 'http://karani.example' }, 'PUBLIC_URL'],
  ['a public URL with a query', { ...SAFE, PUBLIC_URL: 'https://karani.example/?x' }, 'PUBLIC_URL'],
  ['a media URL of HTTP', { ...SAFE, MEDIA_URL: 'https://media.example' }, 'MEDIA_URL'],
  ['a media URL in plaintext', { ...SAFE, MEDIA_URL: 'ws://media.example' }, 'MEDIA_URL'],
  ['a Redis in plaintext', { ...SAFE, REDIS_URL: 'redis://redis.example' }, 'REDIS_URL'],
  ['a port that is none', { ...SAFE, PORT: '70000' }, 'PORT'],
  ['neither secret nor token', { ...SAFE, SAUTIKIT_SIGNING_SECRETS: '' }, 'SAUTIKIT_SIGNING_SECRETS'],
  ['secrets of commas', { ...SAFE, SAUTIKIT_SIGNING_SECRETS: ' , ,' }, 'SAUTIKIT_SIGNING_SECRETS'],
  ['a token that can be guessed', { ...SAFE, WEBHOOK_TOKENS: 'handoff' }, 'WEBHOOK_TOKENS'],
  ['a token that is no path segment', { ...SAFE, WEBHOOK_TOKENS: `${TOKEN}/x` }, 'WEBHOOK_TOKENS'],
  ['one bad token among good ones', { ...SAFE, WEBHOOK_TOKENS: `${TOKEN},short` }, 'WEBHOOK_TOKENS'],
  ['unsigned webhooks from everywhere', { ...LOCAL, PUBLIC_URL: 'https://karani.example' }, 'ALLOW_UNSIGNED_WEBHOOKS'],
  ['unsigned webhooks on a name that begins as loopback', { ...LOCAL, PUBLIC_URL: 'https://127.0.0.1.evil.example' }, 'ALLOW_UNSIGNED_WEBHOOKS'],
  ['unsigned webhooks while listening everywhere', { ...LOCAL, HOST: '0.0.0.0' }, 'ALLOW_UNSIGNED_WEBHOOKS'],
  ['unsigned webhooks beside secrets, from everywhere', { ...SAFE, ALLOW_UNSIGNED_WEBHOOKS: 'true' }, 'ALLOW_UNSIGNED_WEBHOOKS'],
  ['a callback secret that can be guessed', { ...SAFE, MPESA_CALLBACK_SECRET: 'x'.repeat(31) }, 'MPESA_CALLBACK_SECRET'],
  ['a callback secret that is no path segment', { ...SAFE, MPESA_CALLBACK_SECRET: `${TOKEN}/x` }, 'MPESA_CALLBACK_SECRET'],
  ['a flag that is neither true nor false', { ...LOCAL, ALLOW_UNSIGNED_WEBHOOKS: 'yes' }, 'ALLOW_UNSIGNED_WEBHOOKS']
]
for (const [what, env, variable] of refused) {
  t.test(`${what} is refused, by name and without its value`, async (t) => {
    t.throws(() => readConfig(env), { code: 'CONFIG_INVALID', message: new RegExp(`^${variable}: [^\n]+$`) })
  })
}
