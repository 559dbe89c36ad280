import t from 'tap'
import { mpesaOf, readConfig, systemsOf } from '../src/config.ts'
import { SECRET } from './helper.ts'

const ENV = { DATABASE_URL: 'postgres://karani:x@127.0.0.1:5432/karani', REDIS_URL: 'redis://127.0.0.1:6379', CALL_TOKEN_SECRET: SECRET }

t.test('the stores and the secret are enough', async (t) => {
  t.match(readConfig(ENV), { HOST: '127.0.0.1', PORT: 3001, LINES_FILE: 'config/lines.json' })
})

const MPESA = {
  MPESA_BASE_URL: 'https://sandbox.safaricom.co.ke',
  MPESA_CONSUMER_KEY: 'key',
  MPESA_CONSUMER_SECRET: 'secret',
  MPESA_SHORTCODE: '174379',
  MPESA_PASSKEY: 'passkey',
  MPESA_CALLBACK_SECRET: SECRET,
  PUBLIC_URL: 'https://voice.example.co.ke/'
}

t.test('M-Pesa is all of its variables, or none', async (t) => {
  t.equal(mpesaOf(readConfig(ENV)), null)
  t.equal(mpesaOf(readConfig({ ...ENV, PUBLIC_URL: MPESA.PUBLIC_URL })), null, 'other services have a public URL too')
  t.match(mpesaOf(readConfig({ ...ENV, ...MPESA })), { shortcode: '174379', callbackUrl: `https://voice.example.co.ke/mpesa/callback/${SECRET}`, maxAmount: 250_000 })
  for (const name of Object.keys(MPESA)) t.throws(() => readConfig({ ...ENV, ...MPESA, [name]: '' }), { code: 'CONFIG_INVALID', message: new RegExp(`^${name}: is not set`) })
})

t.test("each of the business's own systems is a URL and a secret, or not there", async (t) => {
  t.strictSame(systemsOf(readConfig(ENV)), { lending: null, courier: null, restaurant: null })
  for (const [name, system] of [['LENDING', 'lending'], ['COURIER', 'courier'], ['MENU', 'restaurant']] as const) {
    const url = { [`${name}_URL`]: 'https://core.example.co.ke/karani' }
    const secret = { [`${name}_SECRET`]: SECRET }
    t.strictSame(systemsOf(readConfig({ ...ENV, ...url, ...secret }))[system], { url: 'https://core.example.co.ke/karani', secret: SECRET })
    t.throws(() => readConfig({ ...ENV, ...url }), { code: 'CONFIG_INVALID', message: new RegExp(`^${name}_SECRET: is not set`) })
    t.throws(() => readConfig({ ...ENV, ...secret }), { code: 'CONFIG_INVALID', message: new RegExp(`^${name}_URL: is not set`) })
    t.throws(() => readConfig({ ...ENV, ...url, [`${name}_SECRET`]: 'short' }), { code: 'CONFIG_INVALID', message: new RegExp(`^${name}_SECRET: `) })
    t.throws(() => readConfig({ ...ENV, ...secret, [`${name}_URL`]: 'http://core.example.co.ke' }), { code: 'CONFIG_INVALID', message: new RegExp(`^${name}_URL: is not encrypted`) })
  }
})

const refused: ReadonlyArray<readonly [title: string, env: object, variable: string]> = [
  ['no database', { DATABASE_URL: '' }, 'DATABASE_URL'],
  ['a database that is no PostgreSQL', { DATABASE_URL: 'mysql://localhost/karani' }, 'DATABASE_URL'],
  ['a database elsewhere without encryption', { DATABASE_URL: 'postgres://karani:x@10.0.0.1/karani' }, 'DATABASE_URL'],
  ['no Redis', { REDIS_URL: '' }, 'REDIS_URL'],
  ['a till but nothing to sign with', { KITCHEN_WEBHOOK_URL: 'https://till.example.co.ke/orders' }, 'KITCHEN_WEBHOOK_SECRET'],
  ['a till that is told without encryption', { KITCHEN_WEBHOOK_URL: 'http://till.example.co.ke/orders', KITCHEN_WEBHOOK_SECRET: SECRET }, 'KITCHEN_WEBHOOK_URL'],
  ['no secret', { CALL_TOKEN_SECRET: undefined }, 'CALL_TOKEN_SECRET'],
  ['a short secret', { CALL_TOKEN_SECRET: 'secret' }, 'CALL_TOKEN_SECRET'],
  ['no Redis', { REDIS_URL: '' }, 'REDIS_URL'],
  ['M-Pesa in the clear', { ...MPESA, MPESA_BASE_URL: 'http://sandbox.safaricom.co.ke' }, 'MPESA_BASE_URL'],
  ['requests beyond what M-Pesa moves', { MPESA_MAX_KES: '250001' }, 'MPESA_MAX_KES'],
  ['a port that is none', { PORT: 'x' }, 'PORT']
]
for (const [title, env, variable] of refused) {
  t.test(`the service does not start with ${title}`, async (t) => {
    t.throws(() => readConfig({ ...ENV, ...env }), { code: 'CONFIG_INVALID', message: new RegExp(`^${variable}: `) })
  })
}
