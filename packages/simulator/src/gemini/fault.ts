import type { Mishap } from './brain.ts'

/** One thing that goes wrong in one session. `gemini.next({ fault })` plans it for the next connection. */
export type Fault =
  /** The TCP connection is reset before anything is said. */
  | { readonly at: 'connect' }
  /** The WebSocket upgrade is answered with this HTTP status, or never. */
  | { readonly at: 'upgrade', readonly status: number | 'never' }
  /** Instead of `setupComplete`; `stall` accepts the setup and never answers. */
  | { readonly at: 'setup', readonly mishap: Mishap }
  /** Right after `setupComplete`. */
  | { readonly at: 'ready', readonly mishap: Mishap }
  /** In mid-speech, once `afterMs` of audio were sent in this session. */
  | { readonly at: 'speech', readonly afterMs: number, readonly mishap: Mishap }

/** Closes that were observed, with their wording. */
export const CLOSES = {
  internalError: { do: 'close', code: 1011, reason: 'Internal error encountered.' },
  unavailable: { do: 'close', code: 1011, reason: 'The service is currently unavailable.' },
  deadline: { do: 'close', code: 1011, reason: 'Deadline expired before operation could complete.' },
  quota: { do: 'close', code: 1011, reason: 'You exceeded your current quota, please check your plan and billing details.' },
  invalidArgument: { do: 'close', code: 1007, reason: 'Request contains an invalid argument.' },
  notImplemented: { do: 'close', code: 1008, reason: 'Operation is not implemented, or supported, or enabled.' },
  notFound: { do: 'close', code: 1008, reason: 'Requested entity was not found.' }
} as const satisfies Record<string, Mishap>

/** Messages that no client should trip over. */
export const STRANGE = {
  malformed: { do: 'send', data: Buffer.from('{"serverContent":{"modelTurn":') },
  notUtf8: { do: 'send', data: Buffer.from([0xff, 0xfe, 0x00, 0x80]) },
  notAnObject: { do: 'send', data: Buffer.from('[1,null,"x"]') },
  unknown: { do: 'send', data: Buffer.from('{"somethingNew":{"level":3}}') },
  wrongTypes: { do: 'send', data: Buffer.from('{"serverContent":{"modelTurn":{"parts":"none"},"turnComplete":"yes"},"toolCall":{"functionCalls":{}}}') }
} as const satisfies Record<string, Mishap>

/** A well-formed message of about `bytes`: a thought of the model, which is never speech. */
export function hugeMessage (bytes: number): Mishap {
  return { do: 'send', data: Buffer.from(JSON.stringify({ serverContent: { modelTurn: { parts: [{ text: 'x'.repeat(bytes), thought: true }] } } })) }
}
