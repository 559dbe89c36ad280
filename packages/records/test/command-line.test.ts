import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { emptyDatabase } from './database.ts'

const { url, client } = await emptyDatabase(t)

const run = async (program: string, databaseUrl: string): Promise<{ code: unknown, stdout: string, stderr: string }> => {
  const file = fileURLToPath(new URL(`../src/${program}.ts`, import.meta.url))
  return await new Promise(resolve => {
    execFile(process.execPath, ['--conditions=@karani/source', '--import', 'tsx', file], { env: { ...process.env, NODE_OPTIONS: '', DATABASE_URL: databaseUrl } },
      (err, stdout, stderr) => resolve({ code: err?.code ?? 0, stdout, stderr }))
  })
}

t.test('migrate and seed prepare a database, and say what comes next', async (t) => {
  t.match(await run('migrate-cli', url), { code: 0, stdout: /^The database has the schema of this version\. Next: npm run seed/, stderr: '' })
  t.match(await run('seed-cli', url), { code: 0, stdout: /^Wrote the demo records.*: 5 accounts, 4 shipments, 5 dishes, 9 articles\. Next: /, stderr: '' })
  t.equal((await client.query('select from business.accounts')).rowCount, 5)
})

t.test('without DATABASE_URL they say so in one line', async (t) => {
  t.match(await run('seed-cli', ''), { code: 78, stdout: '', stderr: /^DATABASE_URL: is not set; set it to [^\n]+\n$/ })
})

t.test('a database that does not answer is one line, without its password', async (t) => {
  const { code, stderr } = await run('migrate-cli', 'postgres://karani:hunter2@127.0.0.1:1/karani')
  t.equal(code, 69)
  t.match(stderr, /^The database said no: [^\n]+\n$/)
  t.notMatch(stderr, /hunter2/)
})
