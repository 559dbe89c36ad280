import { sql } from 'drizzle-orm'
import type { Database } from '../database.ts'

export interface Article { readonly title: string, readonly body: string }

/** More than this share of a question's meaningful words must stand in the title or the keywords of an article that answers it. */
const SHARE = 0.5
/** Stems of what people wrap a question in, English and Kiswahili; they say nothing of what it is about. */
const WRAPPING = ('want need like would could may pleas tell know ask help question hello hi speak talk say give get got guy exact much mani today tomorrow time use someth anyon everyon ' +
  'ni ya wa na za la cha kwa katika je gani ngapi nini nifany nataka naomba naweza tafadhali yenu wenu yangu wangu langu yako leo kesho saa mimi ninyi hii hiyo niko mko nipo nina habari asant').split(' ')

/** The articles that the business has approved as answers. */
export class Knowledge {
  readonly #db: Database

  constructor (db: Database) { this.#db = db }

  /**
   * The article that says most about a question in English or in everyday Kiswahili, if any does. Words are compared by their
   * stems, and words such as "the" do not count; how much of the question an article covers goes before how often it mentions it.
   */
  async answerTo (question: string): Promise<Article | undefined> {
    const { rows } = await this.#db.execute<{ title: string, body: string }>(sql`
      with words as (select word from unnest(tsvector_to_array(to_tsvector('english', ${question}))) as word where word not in ${WRAPPING}),
      covered as (
        select article_id, title, body, count(*) as words, sum(ts_rank(search, quote_literal(word)::tsquery)) as rank
        from business.knowledge_articles join words on search @@ (quote_literal(word) || ':AB')::tsquery
        group by article_id, title, body
      )
      select title, body from covered where words > ${SHARE}::real * (select count(*) from words)
      order by words desc, rank desc, article_id limit 1`)
    return rows[0]
  }
}
