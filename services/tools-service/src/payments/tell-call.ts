import { newsOf } from './payment-words.ts'
import type { PaymentPorts } from './payment-ports.ts'

/** Tells the call what became of its payment. A Redis that is away, or a process that dies here, leaves the news to the next pass. */
export async function tellCall ({ records, publish, fault }: PaymentPorts, intentId: string): Promise<void> {
  try {
    const intent = await records.write(async ({ paymentIntents }) => await paymentIntents.lock(intentId))
    const news = intent === undefined || intent.untoldSince === null ? null : newsOf(intent)
    if (news === null) return
    await publish(news)
    await records.write(async ({ paymentIntents }) => await paymentIntents.told(intentId))
  } catch (err) {
    fault(intentId, err)
  }
}
