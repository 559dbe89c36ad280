import { sql } from 'drizzle-orm'
import type { Database } from '../database.ts'

export interface Article { readonly title: string, readonly body: string }

/** At least this share of a question's meaningful words must stand in an article that answers it. */
const MIN_SHARE = 0.5
/** Stems of what people wrap a question in. */
const WRAPPING = ['want', 'need', 'like', 'would', 'could', 'pleas', 'tell', 'know', 'ask', 'help', 'question', 'hello']

/** The articles that the business has approved as answers. */
export class Knowledge {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /**
   * The article that says most about an English question, if any does. Words are compared by their stems, and words such
   * as "the" do not count; how much of the question an article covers goes before how often it mentions it.
   */
  async answerTo (question: string): Promise<Article | undefined> {
    const { rows } = await this.#db.execute<{ title: string, body: string }>(sql`
      with words as (select word from unnest(tsvector_to_array(to_tsvector('english', ${question}))) as word where word not in ${WRAPPING}),
      covered as (
        select article_id, title, body, count(*) as words, sum(ts_rank(search, quote_literal(word)::tsquery)) as rank
        from business.knowledge_articles join words on search @@ quote_literal(word)::tsquery
        group by article_id, title, body
      )
      select title, body from covered where words >= ${MIN_SHARE}::real * (select count(*) from words)
      order by words desc, rank desc, article_id limit 1`)
    return rows[0]
  }
}
