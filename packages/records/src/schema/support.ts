import { text } from 'drizzle-orm/pg-core'
import { business } from './business.ts'

export const knowledgeArticles = business.table('knowledge_articles', {
  articleId: text().primaryKey(),
  title: text().notNull(),
  keywords: text().notNull(),
  body: text().notNull()
})
