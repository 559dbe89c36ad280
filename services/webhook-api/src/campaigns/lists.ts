import { CampaignRowsError } from '@karani/campaigns'
import type { FastifyReply } from 'fastify'

/** Longer lists belong to the command. */
export const LIST_BODY_BYTES = 1024 * 1024
export const LIST_ROWS = 10_000

/** What `take` makes of a list; what is wrong with its rows goes to whoever sent it, line by line. */
export async function sayFaults (reply: FastifyReply, take: () => Promise<unknown>): Promise<unknown> {
  try {
    return await take()
  } catch (err) {
    if (!(err instanceof CampaignRowsError)) throw err
    const { code, message, faults, count } = err
    reply.server.counters.refusals.inc({ code })
    return await reply.code(422).send({ error: { code, message, faults, count } })
  }
}
