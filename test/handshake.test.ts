import { once } from 'node:events'
import { Redis } from 'ioredis'
import t from 'tap'
import { WebSocket } from 'ws'
import { CallContexts, StreamTickets } from '@karani/call-context'
import { scriptBrain } from '@karani/simulator'
import { LENDER_LINE } from './lines.ts'
import { startWorld } from './world.ts'

t.test('the media socket opens for a spent ticket and the subprotocol alone', async (t) => {
  const world = await startWorld(t, { brain: scriptBrain({}), services: ['webhook-api', 'media-gateway'] })
  const redis = new Redis(world.stack.settings['REDIS_URL']!)
  t.teardown(() => redis.disconnect())
  const contexts = new CallContexts(redis)
  const tickets = new StreamTickets(redis)
  const gateway = world.stack.services['media-gateway'].url.replace('http:', 'ws:')

  async function ticketFor (callId: string): Promise<string> {
    await contexts.open({ callId, direction: 'inbound', agent: 'lender', line: LENDER_LINE, businessName: 'Tumaini Credit', caller: null, language: 'en-KE', openedAt: new Date().toISOString() } as Parameters<CallContexts['open']>[0])
    return await tickets.mint(callId)
  }
  /** The status of the handshake; 101 leaves the socket open until the test ends. */
  async function handshake (t: import('tap').Test, ticket: string, protocols: string[] = ['audio.drachtio.org']): Promise<number> {
    const socket = new WebSocket(`${gateway}/audio/${ticket}`, protocols)
    t.teardown(() => socket.terminate())
    return await Promise.race([
      once(socket, 'open').then(() => 101),
      once(socket, 'unexpected-response').then(([, response]) => response.statusCode as number)
    ])
  }

  t.test('no ticket, a made-up one, an expired one', async (t) => {
    t.equal(await handshake(t, 'x'.repeat(43)), 401)
    t.equal(await handshake(t, 'short'), 401)
    t.equal(await handshake(t, ''), 401)
    const expired = await ticketFor('HD_expired')
    for (const key of await redis.keys('stream-ticket:*')) await redis.del(key)
    t.equal(await handshake(t, expired), 401)
    t.equal(world.gemini.sessions.length, 0, 'no model session came to be')
  })

  t.test('a missing subprotocol, which does not waste the ticket', async (t) => {
    const ticket = await ticketFor('HD_subprotocol')
    t.equal(await handshake(t, ticket, []), 426)
    t.equal(await handshake(t, ticket, ['chat']), 426)
    t.equal(world.gemini.sessions.length, 0)
    t.equal(await handshake(t, ticket), 101)
  })

  t.test('one of many sockets with the same ticket, and one ticket of a call', async (t) => {
    const ticket = await ticketFor('HD_replayed')
    const second = await tickets.mint('HD_replayed')
    const statuses = await Promise.all(Array.from({ length: 10 }, async () => await handshake(t, ticket)))
    t.same(statuses.filter(status => status === 101).length, 1)
    t.same(new Set(statuses), new Set([101, 401]))
    t.equal(await handshake(t, second), 409, 'the first socket keeps the call')
  })

  t.test('a gateway without Redis opens nothing', async (t) => {
    const ticket = await ticketFor('HD_frozen')
    world.stack.redis!.freeze()
    t.teardown(() => world.stack.redis!.thaw())
    t.equal(await handshake(t, ticket), 503)
  })
})
