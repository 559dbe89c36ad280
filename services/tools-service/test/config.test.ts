import t from 'tap'
import { readConfig } from '../src/config.ts'
import { SECRET } from './helper.ts'

const ENV = { DATABASE_URL: 'postgres://karani:x@127.0.0.1:5432/karani', REDIS_URL: 'redis://127.0.0.1:6379', CALL_TOKEN_SECRET: SECRET }

t.test('the stores and the secret are enough', async (t) => {
  t.match(readConfig(ENV), { HOST: '127.0.0.1', PORT: 3001, LINES_FILE: 'config/lines.json' })
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
  ['a port that is none', { PORT: 'x' }, 'PORT']
]
for (const [title, env, variable] of refused) {
  t.test(`the service does not start with ${title}`, async (t) => {
    t.throws(() => readConfig({ ...ENV, ...env }), { code: 'CONFIG_INVALID', message: new RegExp(`^${variable}: `) })
  })
}
