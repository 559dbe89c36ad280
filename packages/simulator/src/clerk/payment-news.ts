import type { Move } from './clerk.ts'
import { kes } from './kes.ts'
import { ANYTHING_ELSE } from './shared-rules.ts'

const RECEIVED = /^Payment of KES (\d+) received, receipt ([A-Z0-9]+|not known yet)\b/
const FAILED = /^The payment of KES (\d+) did not go through, because ([^.]+)\./
const UNCONFIRMED = /^The payment of KES (\d+) is not confirmed yet\b/

/** What the clerk says when it is told how a payment went; null for any other text. */
export function paymentNews (text: string): Move | null {
  const [, received, receipt] = RECEIVED.exec(text) ?? []
  if (received !== undefined) return { say: `We have received ${kes(Number(received))}.${receipt === 'not known yet' ? '' : ` The receipt is ${spelled(receipt!)}.`} Thank you. ${ANYTHING_ELSE}` }
  const [, failed, why] = FAILED.exec(text) ?? []
  if (failed !== undefined) return { say: `The payment of ${kes(Number(failed))} did not go through, because ${why}. ${ANYTHING_ELSE}` }
  const [, unconfirmed] = UNCONFIRMED.exec(text) ?? []
  return unconfirmed === undefined ? null : { say: `The payment of ${kes(Number(unconfirmed))} is not confirmed yet. A person of the team looks after it. ${ANYTHING_ELSE}` }
}

/** Letter by letter. */
const spelled = (code: string): string => [...code].join(' ')
