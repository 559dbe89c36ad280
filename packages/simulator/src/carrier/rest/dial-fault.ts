import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'
import type { DialFault } from '../carrier-behaviour.ts'
import { RestError } from './rest-error.ts'

const CODES: Readonly<Record<number, string>> = { 402: 'wallet.insufficient_funds', 429: 'rate.limited' }

/** Answers a request to place a call, with what goes wrong around it. */
export async function withDialFault (fault: DialFault | null, reply: FastifyReply, place: () => object): Promise<object> {
  switch (fault?.does) {
    case undefined: return place()
    case 'slow': {
      await wait(fault.ms)
      return place()
    }
    case 'status': throw faultOf(fault, reply)
    case 'status after': {
      place()
      throw faultOf(fault, reply)
    }
    case 'cut before': return cut(reply)
    case 'cut after': {
      place()
      return cut(reply)
    }
    case 'cut during': {
      const text = JSON.stringify(place())
      reply.hijack().raw.writeHead(201, { 'content-type': 'application/json', 'content-length': text.length }).write(text.slice(0, text.length / 2), () => reply.raw.destroy())
      return reply
    }
  }
}

function cut (reply: FastifyReply): object {
  reply.hijack().raw.destroy()
  return reply
}

function faultOf ({ status, retryAfterS }: Extract<DialFault, { status: number }>, reply: FastifyReply): RestError {
  if (retryAfterS !== undefined) void reply.header('retry-after', String(retryAfterS))
  return new RestError(status, CODES[status] ?? (status < 500 ? 'calls.request_invalid' : 'internal_error'), 'Something went wrong with the call.')
}
