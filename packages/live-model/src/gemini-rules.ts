/** What one family of models accepts in setup and in tool results. A field that is absent here is left out on the wire. */
export interface GeminiRules {
  readonly thinkingConfig?: { readonly thinkingLevel: 'LOW' } | { readonly thinkingBudget: number }
  readonly realtimeInputConfig?: { readonly activityHandling: 'START_OF_ACTIVITY_INTERRUPTS' }
  /** How functions run, declared with each. Absent: the family has one way only and refuses to be told. */
  readonly behavior?: 'NON_BLOCKING'
  /** When a result is spoken about. Understood for NON_BLOCKING functions only. */
  readonly scheduling?: 'WHEN_IDLE'
  /** The model is silent until every function of a call is answered, and caller audio in between breaks the session. */
  readonly blocks: boolean
}

const INTERRUPTS = { activityHandling: 'START_OF_ACTIVITY_INTERRUPTS' } as const

/**
 * One row a family, the longest matching prefix of the model's id wins. Every refusal below is a close with 1007.
 * Proactive audio is in no row: it is off or always on where we want it so, and three families refuse the field.
 */
const FAMILIES: Readonly<Record<string, GeminiRules>> = {
  // Refuses a thinking level. Functions are NON_BLOCKING by default; saying so keeps a change of default from surprising us.
  'gemini-3.8-live': { realtimeInputConfig: INTERRUPTS, behavior: 'NON_BLOCKING', scheduling: 'WHEN_IDLE', blocks: false },
  // Refuses a missing or MINIMAL thinking level. Reports on `scheduling` contradict each other, and WHEN_IDLE is its default.
  'gemini-3.8-live-extended-thinking': { thinkingConfig: { thinkingLevel: 'LOW' }, realtimeInputConfig: INTERRUPTS, behavior: 'NON_BLOCKING', blocks: false },
  // Functions are synchronous. Thinks minimally by default.
  'gemini-3.1-flash-live': { realtimeInputConfig: INTERRUPTS, blocks: true },
  // Knows budgets, not levels. On phone calls any `realtimeInputConfig` led to transcripts in the wrong language; interrupting is the default.
  'gemini-2.5-flash-native-audio': { thinkingConfig: { thinkingBudget: 0 }, behavior: 'NON_BLOCKING', scheduling: 'WHEN_IDLE', blocks: false }
}

/** A model of no known family is told only what every family accepts. */
const UNKNOWN_FAMILY: GeminiRules = { blocks: false }

export function geminiRules (model: string): GeminiRules {
  const family = Object.keys(FAMILIES).filter(prefix => model.startsWith(prefix)).sort((a, b) => b.length - a.length)[0]
  return (family !== undefined ? FAMILIES[family] : undefined) ?? UNKNOWN_FAMILY
}
