import { and, eq } from 'drizzle-orm'
import type { Database } from '../database.ts'
import { toolCalls } from '../schema/calls.ts'

/** A model's function call: ids are unique within a call. */
export interface ToolCallKey { readonly callId: string, readonly id: string }

/** Which writing tool calls were carried out, with the answers they got. Lives in a transaction. */
export class ToolCalls {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /** True for the first; a repetition waits until the first is done. */
  async claim (key: ToolCallKey): Promise<boolean> {
    return (await this.#db.insert(toolCalls).values(key).onConflictDoNothing().returning()).length === 1
  }

  async keep ({ callId, id }: ToolCallKey, answer: unknown): Promise<void> {
    await this.#db.update(toolCalls).set({ answer }).where(and(eq(toolCalls.callId, callId), eq(toolCalls.id, id)))
  }

  async answerTo ({ callId, id }: ToolCallKey): Promise<unknown> {
    const [row] = await this.#db.select({ answer: toolCalls.answer }).from(toolCalls).where(and(eq(toolCalls.callId, callId), eq(toolCalls.id, id)))
    return row?.answer
  }
}
