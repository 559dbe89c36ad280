import type { Test } from 'tap'
import { openGeminiSession, type GeminiOptions, type LiveSession, type LiveSessionHandlers, type LiveSetup } from '@karani/live-model'
import { Inbox } from './inbox.ts'
import { startPeer, type PeerSession } from './gemini-peer.ts'

export type Told = [handler: keyof LiveSessionHandlers, ...args: any[]]

/** Handlers that write down what they are told; `overrides` replaces some of them. */
export function recorder (overrides: Partial<LiveSessionHandlers> = {}): { told: Inbox<Told>, handlers: LiveSessionHandlers } {
  const told = new Inbox<Told>()
  const handlers = new Proxy(overrides, {
    get: (_, name: keyof LiveSessionHandlers) => (...args: unknown[]) => {
      told.put([name, ...args])
      ;(overrides[name] as ((...args: unknown[]) => void) | undefined)?.(...args)
    }
  }) as LiveSessionHandlers
  return { told, handlers }
}

export const OPTIONS: Omit<GeminiOptions, 'url' | 'setup'> & { setup: LiveSetup } = {
  apiKey: 'AIza-secret&key',
  model: 'gemini-3.8-live',
  setup: {
    instructions: 'You are a clerk.',
    voice: 'Kore',
    tools: [{ name: 'getAccount', description: 'Reads the account.', parameters: { type: 'object', properties: {}, additionalProperties: false } }]
  },
  connectTimeoutMs: 10_000
}

/** A session whose upgrade is done and whose setup is not answered yet. It closes with the test. */
export async function connect (t: Test, options: Partial<GeminiOptions> = {}, overrides: Partial<LiveSessionHandlers> = {}): Promise<{ session: LiveSession, peer: PeerSession, told: Inbox<Told> }> {
  const { url, sessions } = await startPeer(t)
  const { told, handlers } = recorder(overrides)
  const session = openGeminiSession({ ...OPTIONS, url, ...options }, handlers)
  t.teardown(() => session.close())
  return { session, peer: await sessions.next(), told }
}

/** A session that is set up. */
export async function open (t: Test, options: Partial<GeminiOptions> = {}, overrides: Partial<LiveSessionHandlers> = {}): ReturnType<typeof connect> {
  const opened = await connect(t, options, overrides)
  await opened.peer.acceptSetup()
  await opened.told.find(([handler]) => handler === 'onReady')
  return opened
}
