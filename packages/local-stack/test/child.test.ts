import { readFileSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { Child } from '../src/process/child.ts'
import { runningProcess } from '../src/process/running-process.ts'

const shell = (script: string) => ({ name: 'server', command: 'sh', args: ['-c', script] })

t.test('a line that was printed before anyone waited for it counts', async t => {
  const child = new Child(shell('echo ready; echo more; read line'))
  await child.ended
  await child.saying(/ready/, 1_000)
})

t.test('one that ends before it is ready is told with its last words', async t => {
  const child = new Child(shell('echo one; echo two >&2; exit 3'))
  await t.rejects(child.saying(/ready/, 5_000), { code: 'CHILD_NOT_READY', message: /^server ended at start \(exit code 3\)\n {2}(one|two)\n {2}(one|two)$/ })
  t.equal(child.isRunning, false)
})

t.test('one that stays silent is given up, and can be stopped', async t => {
  const child = new Child(shell('exec sleep 60'))
  await t.rejects(child.saying(/ready/, 50), { code: 'CHILD_NOT_READY', message: /not ready after 0.05 s/ })
  await child.stop()
  t.equal(await child.ended, 'signal SIGTERM')
})

t.test('what it leaves running does not keep it from having ended', async t => {
  const child = new Child(shell('sleep 20 & echo $!; read line'))
  await child.saying(/^\d+$/, 5_000)
  t.equal(await child.ended, 'exit code 1')
  process.kill(Number(child.lastWords), 'SIGKILL')
})

t.test('one that does not listen is killed after its grace', async t => {
  const child = new Child(shell('trap "" TERM; echo ready; while :; do sleep 1; done'))
  await child.saying(/ready/, 5_000)
  await child.stop(50)
  t.equal(await child.ended, 'signal SIGKILL')
  t.equal(runningProcess(child.pid), null)
})

t.test('a program that is not there is an ordinary end', async t => {
  const child = new Child({ name: 'server', command: '/nowhere/server', args: [] })
  await t.rejects(child.saying(/ready/, 5_000), { code: 'CHILD_NOT_READY' })
  await child.stop()
})

t.test('what it prints goes into its log, of which messages show the end', async t => {
  const logFile = path.join(t.testdir(), 'server.log')
  const child = new Child({ ...shell('for i in $(seq 100); do echo line $i; done'), logFile })
  await child.ended
  t.equal(child.lastWords.split('\n').length, 21)
  t.match(child.lastWords, /line 100$/)
  t.match(readFileSync(logFile, 'utf8'), /^line 1\n/)
})
