import t from 'tap'
import { build } from './helper.ts'
import { QUESTIONS, UNSEEN } from './support-questions.ts'

const { tool, db } = await build(t)
const answerTo = async (question: string) => (await tool('answerQuestion', { question }, { agent: 'support' })).body.output

for (const [title, questions] of Object.entries(QUESTIONS)) {
  for (const question of questions) {
    t.test(`'${question}' is answered from ${title === 'none' ? 'nothing' : `'${title}'`}`, async (t) => {
      const answer = await answerTo(question)
      if (title === 'none') return t.match(answer, { found: false, message: /do not know.*person/ })
      const { rows: [article] } = await db.query('select body from business.knowledge_articles where title = $1', [title])
      t.strictSame(answer, { found: true, title, answer: article.body }, 'in the words of the article')
    })
  }
}

t.test('a question that nobody thought of is answered rightly or hardly ever at all', async (t) => {
  const found = { right: 0, wrong: 0, refused: 0 }
  for (const [title, questions] of Object.entries(UNSEEN)) {
    for (const question of questions) {
      const { title: answered = 'none' } = await answerTo(question) ?? {}
      found[answered === title ? 'right' : answered === 'none' ? 'refused' : 'wrong']++
    }
  }
  t.comment(found)
  t.ok(found.wrong <= 1 && found.right >= 41, JSON.stringify(found))
})
