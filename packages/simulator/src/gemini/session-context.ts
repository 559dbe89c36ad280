import type { GeminiBehaviour } from './behaviour.ts'
import type { Brain, BrainSession, SessionSetup } from './brain.ts'
import type { Fault } from './fault.ts'
import type { ModelRules } from './setup/model-rules.ts'
import type { ResumptionHandles } from './resumption-handles.ts'
import type { SessionLog } from './session-log.ts'
import type { SetupMessage } from './setup/setup-schema.ts'
import type { TokenMeter } from './token-meter.ts'
import type { ToolLedger } from './speaking/tool-ledger.ts'
import type { Wire } from './wire.ts'

/** What the parts of one session share. */
export interface SessionContext {
  readonly id: string
  readonly behaviour: GeminiBehaviour
  readonly fault: Fault | undefined
  readonly rules: ModelRules
  readonly setup: SetupMessage
  readonly brainSession: Omit<BrainSession, 'setup'> & { setup: SessionSetup }
  readonly brain: Brain
  readonly wire: Wire
  readonly log: SessionLog
  readonly meter: TokenMeter
  readonly ledger: ToolLedger
  /** Null when the setup did not ask for session resumption. */
  readonly handles: ResumptionHandles | null
  /** Aborted when the connection ends. */
  readonly signal: AbortSignal
  readonly random: () => number
  now (): number
  newId (prefix: string): string
  /** Runs a handler of the brain; if it throws or rejects, the session ends. */
  attempt (handler: () => unknown): void
  /** The brain failed: 1011. */
  failed (error: unknown): void
}
