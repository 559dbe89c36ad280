import { readFileSync } from 'node:fs'
import t from 'tap'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { RECORDS } from '../examples/records.ts'
import { ReferenceSystem } from '../examples/reference-system.ts'
import { checkLending } from '../src/contract/index.ts'
import { DeliveryMove, PaymentReceived, PromiseMade } from '../src/index.ts'
import { SECRET, startTeam } from './contract/team.ts'

const page = readFileSync('docs/business-systems.md', 'utf8')
const sections = page.split(/^## /m)
const PREFIX: Record<string, string> = { Lending: '/lending', Courier: '/courier', Restaurant: '' }
const SHAPES: Record<string, TSchema> = { promises: PromiseMade, payments: PaymentReceived, moves: DeliveryMove }
const EXAMPLE = /^```\n(GET|POST|PUT) (\S+)\n([^]*?)\n\n(?:(\{[^]*?\})\n\n)?(\d{3})\n(?:(\{[^]*?)\n)?```$/gm

t.test('each example of docs/business-systems.md is what the reference answers', async t => {
  const system = new ReferenceSystem(SECRET, RECORDS)
  let examples = 0
  for (const section of sections) {
    const prefix = PREFIX[/^\S+/.exec(section)![0]]
    for (const [, method = '', path = '', headers = '', asked = '{}', status, answered] of section.matchAll(EXAMPLE)) {
      examples++
      const request = { method, path: prefix + path, authorization: /authorization: (.*)/.exec(headers)?.[1], body: JSON.parse(asked) }
      t.strictSame(system.answer(request), { status: Number(status), ...(answered !== undefined && { body: JSON.parse(answered) }) }, `${method} ${path}`)
      if (method !== 'PUT') continue
      const [, what = '', id] = path.split('/')
      t.ok(Value.Check(SHAPES[what]!, request.body), `${path} is told in this form`)
      t.match(headers, `idempotency-key: ${id}`)
    }
  }
  t.equal(examples, [...page.matchAll(/^(GET|POST|PUT) /gm)].length)
})

t.test('docs/business-systems.md shows what the contract prints', async t => {
  const checks = await checkLending({ ...await startTeam(t, '/lending'), account: 'TC-1042', phone: '+254722333444', write: true })
  t.same([...page.matchAll(/^✓ (.*)$/gm)].map(([, name]) => name).slice(0, -1), checks.map(({ name }) => name).slice(0, -1))
})
