import type { FastifyInstance } from 'fastify'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import type { CarrierSwitch } from '../carrier-switch.ts'
import type { NumberRouting } from '../exchange.ts'
import { RestError } from './rest-error.ts'

const Url = Type.Union([Type.String({ pattern: '^https?://' }), Type.Null()])
/** The voice URL goes by three names in the sources. */
const Routing = Type.Object({
  voice_callback_url: Type.Optional(Url),
  routing_url: Type.Optional(Url),
  voice_url: Type.Optional(Url),
  events_url: Type.Optional(Url),
  voice_signing_secret: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Null()]))
})

/** The workspace's numbers and where they are routed. */
export async function numberRoutes (app: FastifyInstance, { carrier }: { carrier: CarrierSwitch }): Promise<void> {
  const { routingEndpoint } = carrier.behaviour
  const allowed = (endpoint: typeof routingEndpoint): boolean => routingEndpoint === 'any' || routingEndpoint === endpoint

  const route = async (id: string, body: unknown): Promise<object> => {
    const routing = [...carrier.numbers.values()].find(number => number.id === id || number.number === id)
    if (routing === undefined) throw new RestError(404, 'numbers.not_found', 'There is no such number.')
    if (!Value.Check(Routing, body)) throw new RestError(400, 'numbers.routing_invalid', 'The routing is not valid.')
    apply(routing, body)
    return { number: describe(routing) }
  }

  app.get('/numbers', async () => ({ numbers: [...carrier.numbers.values()].map(describe) }))
  if (allowed('PATCH /routing')) app.patch<{ Params: { id: string } }>('/numbers/:id/routing', async ({ params, body }) => await route(params.id, body))
  if (allowed('PUT /routing')) app.put<{ Params: { id: string } }>('/numbers/:id/routing', async ({ params, body }) => await route(params.id, body))
  if (allowed('PATCH /{id}')) app.patch<{ Params: { id: string } }>('/numbers/:id', async ({ params, body }) => await route(params.id, body))
}

function apply (routing: NumberRouting, given: Static<typeof Routing>): void {
  const voiceUrl = given.voice_callback_url ?? given.routing_url ?? given.voice_url
  if (voiceUrl !== undefined) routing.voiceUrl = voiceUrl
  if (given.events_url !== undefined) routing.eventsUrl = given.events_url
  if (given.voice_signing_secret !== undefined) routing.signingSecret = given.voice_signing_secret
}

function describe ({ id, number, voiceUrl, eventsUrl }: NumberRouting): object {
  return {
    id,
    e164: number,
    country_iso2: 'KE',
    status: 'active',
    monthly_retail_minor: 10_000,
    currency: 'KES',
    inbound_per_min_minor: 0,
    outbound_per_min_minor: 300,
    capabilities: ['voice'],
    voice_callback_url: voiceUrl,
    events_url: eventsUrl
  }
}
