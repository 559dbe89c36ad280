import t, { type Test } from 'tap'
import type { ToolCall } from '@karani/live-model'
import { ToolDesk, type ToolResult } from '../src/call/tool-desk.ts'

const ok: ToolResult = { outcome: 'ok', response: { output: { balance: 2_000 } } }

interface Running { call: ToolCall, signal: AbortSignal, resolve (result: ToolResult): void, reject (err: Error): void }

function build (t: Test, { timeoutMs = 60_000, maxCalls = 30, maxConcurrent = 3, waysOut = [] as string[] } = {}) {
  const running: Running[] = []
  const answers: Array<[id: string, outcome: string]> = []
  const late: string[] = []
  const waitings: boolean[] = []
  const desk = new ToolDesk({
    effectOf: name => name === 'getAccount' ? 'read' : name === 'recordPromiseToPay' ? 'write' : null,
    run: async (call, signal) => await new Promise<ToolResult>((resolve, reject) => { running.push({ call, signal, resolve, reject }) }),
    answered: (call, { outcome }) => answers.push([call.id, outcome]),
    waiting: waits => waitings.push(waits),
    lateWrite: call => late.push(call.id)
  }, { timeoutMs, maxCalls, maxConcurrent, waysOut })
  t.teardown(() => desk.close())
  return { desk, running, answers, late, waitings }
}
const read = (id: string): ToolCall => ({ id, name: 'getAccount', args: {} })
const write = (id: string): ToolCall => ({ id, name: 'recordPromiseToPay', args: { amount: 500, payBy: 'Friday' } })
const settled = async (): Promise<void> => await new Promise(resolve => setImmediate(resolve))

t.test('a result is answered once, under its id', async (t) => {
  const { desk, running, answers } = build(t)
  desk.take(read('a'))
  desk.take(read('a'))
  t.equal(running.length, 1, 'the same id runs once')
  running[0]!.resolve(ok)
  await settled()
  desk.take(read('a'))
  t.same(answers, [['a', 'ok']])
})

t.test('a tool that throws is answered as unavailable', async (t) => {
  const { desk, running, answers } = build(t)
  desk.take(read('a'))
  running[0]!.reject(new Error('connect ECONNREFUSED'))
  await settled()
  t.same(answers, [['a', 'unavailable']])
})

t.test('a tool that hangs is answered at its time-out, a read is aborted, and what comes later is dropped', async (t) => {
  const { desk, running, answers } = build(t, { timeoutMs: 1 })
  desk.take(read('a'))
  await new Promise<void>(resolve => running[0]!.signal.addEventListener('abort', () => resolve()))
  running[0]!.resolve(ok)
  await settled()
  t.same(answers, [['a', 'timeout']])
})

t.test('a function that the clerk does not have is answered, not run', async (t) => {
  const { desk, running, answers } = build(t)
  desk.take({ id: 'a', name: 'transferMoney', args: {} })
  t.same(answers, [['a', 'unknown-tool']])
  t.equal(running.length, 0)
})

t.test('a cancelled read is aborted and answered as cancelled', async (t) => {
  const { desk, running, answers, late } = build(t)
  desk.take(read('a'))
  desk.cancel(['a', 'never seen'])
  t.ok(running[0]!.signal.aborted)
  running[0]!.resolve(ok)
  await settled()
  t.same(answers, [['a', 'cancelled']])
  t.same(late, [])
})

t.test('a cancelled write runs on, is answered, and the caller hears of it', async (t) => {
  const { desk, running, answers, late } = build(t)
  desk.take(write('a'))
  desk.cancel(['a'])
  t.notOk(running[0]!.signal.aborted)
  running[0]!.resolve(ok)
  await settled()
  t.same(answers, [['a', 'ok']])
  t.same(late, ['a'])
})

t.test('too many calls at once, or in all, are answered without being run', async (t) => {
  const { desk, running, answers } = build(t, { maxCalls: 4, maxConcurrent: 2 })
  for (const id of ['a', 'b', 'c']) desk.take(read(id))
  t.same(answers, [['c', 'over-limit']])
  for (const { resolve } of running) resolve(ok)
  await settled()
  desk.take(read('d'))
  desk.take(read('e'))
  t.same(answers.at(-1), ['e', 'over-limit'])
  t.equal(running.length, 3)
})

t.test('a storm of ten thousand calls is answered call by call, and runs no more than the limit', async (t) => {
  const { desk, running, answers } = build(t)
  for (let n = 0; n < 10_000; n++) desk.take(read(`${n}`))
  t.equal(running.length, 3)
  t.equal(answers.length, 9_997)
  t.equal(new Set(answers.map(([id]) => id)).size, 9_997)
})

t.test('a clerk that has asked too much can still end the call', async (t) => {
  const { desk, running } = build(t, { maxCalls: 2, maxConcurrent: 1, waysOut: ['recordPromiseToPay'] })
  for (const id of ['a', 'b', 'c']) desk.take(read(id))
  desk.take(write('way out'))
  t.equal(running.at(-1)!.call.id, 'way out')
})

t.test('after the call nobody is answered; reads are aborted, writes are not', async (t) => {
  const { desk, running, answers } = build(t)
  desk.take(read('a'))
  desk.take(write('b'))
  desk.close()
  t.ok(running[0]!.signal.aborted)
  t.notOk(running[1]!.signal.aborted)
  running[1]!.resolve(ok)
  await settled()
  t.same(answers, [])
})

t.test('somebody waits from the first of some calls to the answer of the last, whatever became of them', async (t) => {
  const { desk, running, waitings } = build(t)
  for (const id of ['a', 'b', 'c', 'one too many']) desk.take(read(id))
  running[0]!.resolve(ok)
  running[1]!.reject(new Error('connect ECONNREFUSED'))
  await settled()
  t.same(waitings, [true])
  desk.cancel(['c'])
  t.same(waitings, [true, false])
  desk.take({ id: 'd', name: 'transferMoney', args: {} })
  t.same(waitings, [true, false], 'what is refused at once makes nobody wait')
  running[2]!.resolve(ok)
  await settled()
  desk.take(write('e'))
  t.same(waitings, [true, false, true])
})
