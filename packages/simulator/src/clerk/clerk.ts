import type { Heard, Phrase, Slots } from './phrase.ts'

/** What the clerk does next: says something, then asks a tool; and what kind of answer it expects (`open`: anything it can help with). */
export interface Move {
  readonly say?: string
  readonly call?: { readonly name: string, readonly args: Readonly<Record<string, unknown>> }
  readonly expect?: string
}

/** When the caller says one of these. */
export interface Rule {
  readonly when: readonly Phrase[]
  /** What the recogniser has no words for, such as Kiswahili: understood where the exact text comes through. */
  readonly asText?: readonly Phrase[]
  readonly then: (heard: Heard) => Move
}

/** A tool's answer, as the client gave it: not to be trusted to have any shape. */
export type ToolResult = { readonly output: unknown } | { readonly error: { readonly message: string } }

/** One trade, for one call: what it understands in each stage of a conversation, and what it makes of the answers of its tools. */
export interface Clerk {
  readonly slots: Slots
  /** Every clerk has `open`, where a conversation begins. A rule that stands first wins. */
  readonly stages: Readonly<Record<string, readonly Rule[]>> & { readonly open: readonly Rule[] }
  /** Where a conversation begins, other than in `open`. */
  readonly begins?: string
  /** What it says once the person whom it called is on the line. */
  readonly reached?: () => Move
  /** By tool. A result that none of these reads is said as an error. */
  readonly results: Readonly<Record<string, (result: ToolResult) => Move | null>>
  /** What the clerk makes of a text that its own house tells it during the call; null when it is none it knows. */
  readonly news?: (text: string) => Move | null
  /** What it asks once it had to take a figure back. */
  readonly afterMistake?: () => Move
  /** What a caller who was not understood twice could say. */
  readonly hint: string
}
