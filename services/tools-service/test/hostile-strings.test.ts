import t from 'tap'
import fc from 'fast-check'
import { AGENT_IDS, agentOf, type ToolContract } from '@karani/agents'
import { answersOf, build } from './helper.ts'

const { tool, db } = await build(t)
const RUNS = 40

/** Pieces of attacks; any of them next to any other, and whatever else a string may hold. */
const FRAGMENTS = [
  "'", "''", '"', '`', '\\', "\\'", ';', '--', '/*', '*/', '$$', '$1', '%', '_', '\u0000', '\\u0000', '\r\n', '\ud800', '\udfff', '\ufffe', '\u202e', '\u0130', 'ﷺ', '💳', 'e\u0301',
  "' or 1=1 --", "'; drop table business.accounts cascade; --", "'); truncate dialling.stops; --", "' union select national_id_last4, birth_year from business.accounts --", "'||pg_sleep(9)||'",
  'update business.accounts set balance_minor = 0', "copy business.accounts to program 'id'", '{"$gt":""}', '__proto__', 'constructor', '[object Object]', '<->', ":*&|!('", '\r\nFLUSHALL\r\n', '*', 'KEYS *',
  'TRK-427', 'LN-1001', 'Amina Wanjiru', 'Friday', 'kesho', 'chicken burger', 'no onions', 'proposal-', 'NaN', '1e999'
]
const hostile = fc.oneof(
  { weight: 6, arbitrary: fc.array(fc.constantFrom(...FRAGMENTS), { minLength: 1, maxLength: 5 }).map(parts => parts.join('')) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  { weight: 1, arbitrary: fc.constantFrom(...FRAGMENTS).chain(part => fc.integer({ min: 50, max: 3_000 }).map(times => part.repeat(times))) }
)

/** What else is asked beside the texts: it fits, so that the texts get as far as they can. */
const OTHERS: Readonly<Record<string, unknown>> = { birthYear: 1990, amount: 500, quantity: 1 }

const isText = (contract: ToolContract, name: string): boolean => (contract.parameters.properties[name] as { type?: string }).type === 'string'

/** Each text is hostile, or an honest one now and then, so that a tool also gets to the text after it. */
function argumentsOf (contract: ToolContract): fc.Arbitrary<Record<string, unknown>> {
  const honest: Readonly<Record<string, string>> = { nationalIdLast4: '4821', payBy: 'Friday', trackingId: 'TRK-427', recipientName: 'Amina Wanjiru', newDate: 'Tuesday', name: 'two beef burgers', item: 'that', modifier: 'no onions' }
  const names = Object.keys(contract.parameters.properties)
  const values = names.map(name => {
    if (!isText(contract, name)) return fc.constant(OTHERS[name])
    return honest[name] === undefined ? hostile : fc.oneof({ weight: 2, arbitrary: hostile }, { weight: 1, arbitrary: fc.constant(honest[name]) })
  })
  const left = fc.constantFrom('none', ...names.filter(name => !contract.parameters.required?.includes(name)))
  return fc.tuple(left, ...values).map(([left, ...values]) => Object.fromEntries(names.map((name, n) => [name, values[n]]).filter(([name, value]) => name !== left && value !== undefined)))
}

/** Everything that no text of a caller may change, and which tables and functions there are. */
const untouchable = async (): Promise<object> => (await db.query(`select
  (select string_agg(t::text, ';' order by t::text) from (select table_schema, table_name, column_name, data_type from information_schema.columns where table_schema in ('business', 'dialling')) t) as tables,
  (select count(*)::int from pg_proc join pg_namespace n on n.oid = pronamespace where nspname in ('business', 'dialling', 'public')) as functions,
  (select string_agg(t::text, ';' order by t::text) from business.accounts t) as accounts, (select string_agg(t::text, ';' order by t::text) from business.shipments t) as shipments,
  (select string_agg(t::text, ';' order by t::text) from business.menu_items t) as menu, (select string_agg(t::text, ';' order by t::text) from business.knowledge_articles t) as articles,
  (select count(*)::int from business.promises) as promises, (select count(*)::int from business.payment_intents) as payments, (select count(*)::int from business.ledger_entries) as entries,
  (select count(*)::int from business.orders) as orders, (select count(*)::int from business.delivery_changes) as changes, (select count(*)::int from dialling.call_records) as records`)).rows[0]

t.test('whatever stands in the texts of a tool call, it is answered, and changes nothing but what the tool is for', async (t) => {
  const before = await untouchable()
  const outcomes = new Map<string, number>()
  let calls = 0
  for (const agent of AGENT_IDS) {
    for (const contract of agentOf(agent).tools) {
      if (contract.name === 'endCall' || !Object.keys(contract.parameters.properties).some(name => isText(contract, name))) continue // the gateway's own
      await fc.assert(fc.asyncProperty(argumentsOf(contract), async args => {
        const call = { agent, callId: `HD_hostile_${calls++}` }
        await db.query('truncate business.verification_attempts, business.recipient_checks')
        if (agent === 'lender') await tool('verifyIdentity', answersOf.amina, call)
        const { status, raw, body } = await tool(contract.name, args, call)
        outcomes.set(`${contract.name} ${body.error?.code ?? 'ok'}`, (outcomes.get(`${contract.name} ${body.error?.code ?? 'ok'}`) ?? 0) + 1)
        return [200, 400, 413].includes(status) && Buffer.byteLength(raw) < 4_000 && !/syntax error|relation "|node_modules|1188|7734/.test(raw)
      }), { numRuns: RUNS })
      t.strictSame(await untouchable(), before, contract.name)
    }
  }
  t.ok(outcomes.size > 15, `${calls} calls: ${[...outcomes].map(([outcome, times]) => `${outcome} ${times}`).join(', ')}`)
})
