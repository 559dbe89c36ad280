import { parseArgs } from 'node:util'
import { UsageError } from '../errors.ts'
import type { CallWish } from './simulator-client.ts'

/** What `npm run call` was asked for. */
export type CallRequest = { do: 'list' } | { do: 'call', wish: CallWish } | { do: 'converse', wish: CallWish }

const DEFAULT_LINE = 'lender'

/**
 * Reads the words after `npm run call --`. Without a scenario and without words to say, a person at a terminal is the caller.
 * @throws UsageError when they contradict each other, or there is nobody to speak
 */
export function readCallRequest (args: string[], isTerminal: boolean): CallRequest {
  const { values } = parseArgs({
    args,
    options: {
      list: { type: 'boolean', default: false },
      interactive: { type: 'boolean', default: false },
      line: { type: 'string' },
      scenario: { type: 'string' },
      say: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' }
    }
  })
  const { list, interactive, line = DEFAULT_LINE, scenario, say, from, to } = values
  if (list) return { do: 'list' }
  if ([interactive, scenario, say].filter(Boolean).length > 1) throw new UsageError('choose one of --scenario, --say and --interactive')
  const wish: CallWish = { line, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
  if (scenario !== undefined) return { do: 'call', wish: { ...wish, scenario } }
  if (say !== undefined) return { do: 'call', wish: { ...wish, say } }
  if (interactive || isTerminal) return { do: 'converse', wish: { ...wish, interactive: true } }
  throw new UsageError('say who calls: --scenario or --say; npm run call -- --list shows the scenarios')
}
