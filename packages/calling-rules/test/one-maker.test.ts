import { ESLint } from 'eslint'
import t from 'tap'

const makers = ["'+1' as DialableNumber", "'+1' as unknown as DialableNumber", "<DialableNumber>'+1'", "['+1'] as DialableNumber[]", "{ to: '+1' } as { to: DialableNumber }"]

t.test('the lint forbids every other file to make a dialable number', async (t) => {
  const eslint = new ESLint()
  for (const maker of makers) {
    const [result] = await eslint.lintText(`import type { DialableNumber } from '@karani/calling-rules'\n\nexport const number = ${maker}\n`, { filePath: 'demo/made-up.ts' })
    t.match(result?.messages, [{ ruleId: 'no-restricted-syntax', severity: 2, message: /readDialableNumber/ }], maker)
  }
})
