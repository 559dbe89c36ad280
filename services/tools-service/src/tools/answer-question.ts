import { answerQuestion as contract } from '@karani/agents'
import { reading } from './tool.ts'

export const answerQuestion = reading(contract, async ({ question }, call, { knowledge }) => {
  const article = await knowledge.answerTo(question)
  return article === undefined
    ? { found: false, message: 'There is no answer to this. Say that you do not know, and offer a person.' }
    : { found: true, title: article.title, answer: article.body }
})
