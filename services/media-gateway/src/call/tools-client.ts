import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { plainJson } from '@karani/agents'
import { signCallToken, type CallClaims } from '@karani/call-token'
import type { ToolCall } from '@karani/live-model'
import type { ToolResult } from './tool-desk.ts'

const ToolReply = Type.Union([
  Type.Object({ output: Type.Unknown() }),
  Type.Object({ error: Type.Object({ code: Type.String(), message: Type.String() }) })
])

/** Statuses whose body is an answer for the model: done or refused, arguments that do not fit, no such tool. */
const ANSWERED = new Set([200, 400, 404])

/** Of one result, in characters: large ones make the model stutter, and are billed again with every turn. */
const MAX_RESULT = 16_000

/** Asks tools-service to carry out tool calls, each under a fresh token that names the call and the caller's turn. */
export class ToolsClient {
  readonly #url: string
  readonly #secret: string

  constructor (url: string, secret: string) {
    this.#url = url.replace(/\/+$/, '')
    this.#secret = secret
  }

  /** Rejects when the service cannot be reached or the signal aborts. */
  async run (call: ToolCall, claims: CallClaims, signal: AbortSignal): Promise<ToolResult> {
    const response = await fetch(`${this.#url}/v1/calls/${encodeURIComponent(claims.callId)}/tools/${encodeURIComponent(call.name)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await signCallToken(claims, this.#secret)}` },
      body: JSON.stringify({ id: call.id, args: call.args }),
      signal
    })
    const reply = plainJson(await response.json(), MAX_RESULT) // whatever is behind tools-service, what the model gets is data
    if (!ANSWERED.has(response.status) || !Value.Check(ToolReply, reply)) return unavailable
    return 'error' in reply ? { outcome: 'refused', response: { error: reply.error } } : { outcome: 'ok', response: { output: reply.output } }
  }
}

const unavailable: ToolResult = {
  outcome: 'unavailable',
  response: { error: { code: 'TEMPORARILY_UNAVAILABLE', message: 'This is temporarily unavailable.' } }
}
