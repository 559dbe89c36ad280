import { readFile } from 'node:fs/promises'
import { Type, type Static, type TSchema } from 'typebox'
import { Value } from 'typebox/value'

const Text = Type.String({ minLength: 1 })
const Minor = Type.Integer({ minimum: 0 })

/** The parts of `demo/records.json` that the seed reads. Days are offsets from today; money is minor units. */
const DemoRecords = Type.Object({
  accounts: Type.Array(Type.Object({
    accountId: Text,
    borrower: Text,
    phone: Text,
    nationalIdLast4: Type.String({ pattern: '^[0-9]{4}$' }),
    birthYear: Type.Integer(),
    balanceMinor: Minor,
    nextPaymentMinor: Minor,
    dueInDays: Type.Integer(),
    status: Text,
    optedOut: Type.Optional(Type.Boolean()),
    consent: Type.Boolean(),
    language: Text
  })),
  shipments: Type.Array(Type.Object({
    trackingId: Text,
    recipientPhone: Text,
    recipient: Text,
    status: Text,
    etaMinutes: Type.Union([Type.Integer(), Type.Null()]),
    address: Text,
    deliverInDays: Type.Integer()
  })),
  menu: Type.Object({
    currency: Text,
    items: Type.Array(Type.Object({
      sku: Text, name: Text, aliases: Type.Array(Text), priceMinor: Minor, modifiers: Type.Array(Text), available: Type.Optional(Type.Boolean())
    })),
    modifierPricesMinor: Type.Record(Type.String(), Minor),
    modifierAliases: Type.Optional(Type.Record(Type.String(), Type.Array(Text)))
  })
})

const DemoKnowledge = Type.Object({
  articles: Type.Array(Type.Object({ id: Text, title: Text, keywords: Text, body: Text }))
})

export interface Demo { readonly records: Static<typeof DemoRecords>, readonly knowledge: Static<typeof DemoKnowledge> }

/** The same from `src` and from `dist`. */
const DEMO_FOLDER = new URL('../../../demo/', import.meta.url)

export async function readDemo (): Promise<Demo> {
  return { records: await readJson('records.json', DemoRecords), knowledge: await readJson('knowledge.json', DemoKnowledge) }
}

async function readJson<T extends TSchema> (name: string, schema: T): Promise<Static<T>> {
  return Value.Parse(schema, JSON.parse(await readFile(new URL(name, DEMO_FOLDER), 'utf8')))
}
