import type { Static, TObject } from 'typebox'

export const AGENT_IDS = ['lender', 'courier', 'restaurant', 'support'] as const
export type AgentId = typeof AGENT_IDS[number]

export type Language = 'en-KE' | 'sw-KE'

/**
 * What the model may ask for. One schema serves three readers: tools-service validates with it, the model is told it,
 * and TypeScript derives the type of the arguments from it.
 * A `read` may be cancelled by a barge-in; a `write` never is, and its result always reaches the caller.
 */
export interface ToolContract<Parameters extends TObject = TObject> {
  readonly name: string
  readonly description: string
  readonly effect: 'read' | 'write'
  /** Whole KES, dates ISO or the caller's words; `additionalProperties: false`. */
  readonly parameters: Parameters
}

export type ToolArguments<T extends ToolContract> = Static<T['parameters']>

/** What the instructions of one call are made from. No account fact is in here: the model learns those from tools, after verification. */
export interface Briefing {
  readonly businessName: string
  readonly language: Language
  /** Today in the line's zone, such as `Saturday 21 November 2026`. */
  readonly today: string
  readonly timeZone: string
  readonly direction: 'inbound' | 'outbound'
  /** The opening the caller has already heard, word for word. */
  readonly openingSaid: string
  /** Of a call that the business placed: its name in law, and the number to call back, E.164. */
  readonly outreach?: { readonly legalName: string, readonly line: string } | undefined
  /** What the agent's first look returned: for the number that rings, or of whom the business called. */
  readonly firstLook?: Readonly<Record<string, string | number | boolean>> | undefined
}

export interface Agent {
  readonly id: AgentId
  /** The model's prebuilt voice, such as `Kore`. */
  readonly voice: string
  readonly tools: readonly ToolContract[]
  /** A reading tool that is asked without arguments before an inbound call begins: what it tells of a number, whoever has that number may hear. */
  readonly firstLook?: string
  /** A reading tool that is asked without arguments before a call that the business placed begins: whom to ask for. Only on such calls the model has it too. */
  readonly outreachLook?: string
  instructions (briefing: Briefing): string
  /** What a recorded voice says first: the business, and that this is an automated assistant. */
  opening (businessName: string): string
}
