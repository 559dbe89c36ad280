import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import t, { type Test } from 'tap'
import { PROJECT_FOLDER } from '../src/project-folder.ts'
import { runningProcess } from '../src/process/running-process.ts'
import { until } from '../src/process/until.ts'
import { freePorts } from '../src/stack/ports.ts'
import { LISTENERS, portVariable } from '../src/stack/services.ts'

t.test('npm start: one stack in a folder, found by npm run call, gone with kill -9, ended in order by Ctrl-C', async t => {
  const dataDir = path.join(t.testdir(), 'data')
  const ports = await freePorts()
  const env = { PATH: process.env.PATH, NO_COLOR: '1', DATA_DIR: dataDir, ...Object.fromEntries(LISTENERS.map(listener => [portVariable(listener), String(ports[listener])])) }

  const first = start(t, env)
  await said(first, /^Up after/)
  const pids = pidsIn(dataDir)
  t.equal(pids.length, 4)

  const [second, call] = [start(t, env), run(t, 'call', ['--list'], env)]
  const [[complaint, code], list] = await Promise.all([Promise.all([text(second.stderr!), exitCode(second)]), text(call.stdout!)])
  t.equal(code, 1)
  t.match(complaint, new RegExp(`${dataDir} is in use by process ${first.pid}`))
  t.match(list, /--line courier --scenario track/)

  first.kill('SIGKILL')
  await exitCode(first)
  t.ok(await until(() => pids.every(pid => runningProcess(pid) === null), { timeoutMs: 5_000 }), 'no service outlives it')

  const third = start(t, env)
  await said(third, /^Ctrl-C stops everything/)
  const later = pidsIn(dataDir)
  third.kill('SIGINT')
  third.kill('SIGINT') // npm passes on what the terminal has sent already
  t.equal(await exitCode(third), 0)
  t.same(later.map(runningProcess), [null, null, null, null])
  t.notOk(existsSync(path.join(dataDir, 'stack.json')) || existsSync(path.join(dataDir, 'lock')))
})

t.test('npm run call without a stack says how to start one', async t => {
  const call = run(t, 'call', ['--list'], { PATH: process.env.PATH, DATA_DIR: t.testdir() })
  const [complaint, code] = await Promise.all([text(call.stderr!), exitCode(call)])
  t.equal(code, 1)
  t.equal(complaint.trim(), 'No stack is running here. Start one with: npm start')
})

t.test('npm run doctor fails when something is to be put right', async t => {
  const doctor = run(t, 'doctor', [], { PATH: process.env.PATH, NO_COLOR: '1', DATA_DIR: t.testdir(), CALL_TOKEN_SECRET: 'short' })
  const [findings, code] = await Promise.all([text(doctor.stdout!), exitCode(doctor)])
  t.equal(code, 1)
  t.match(findings, /✗ CALL_TOKEN_SECRET: .*openssl rand -hex 32/)
})

const start = (t: Test, env: NodeJS.ProcessEnv) => run(t, 'start', ['--no-call'], env)

function run (t: Test, command: string, args: string[], env: NodeJS.ProcessEnv): ChildProcess {
  const script = path.join(PROJECT_FOLDER, `packages/local-stack/src/commands/${command}.ts`)
  const child = spawn(process.execPath, ['--conditions=@karani/source', '--import', 'tsx', script, ...args], { env, cwd: PROJECT_FOLDER, stdio: ['ignore', 'pipe', 'pipe'] })
  t.teardown(() => child.kill('SIGKILL'))
  return child
}

async function said (child: ChildProcess, pattern: RegExp): Promise<void> {
  const printed: string[] = []
  for await (const line of createInterface({ input: child.stdout! })) {
    printed.push(line)
    if (pattern.test(line)) {
      child.stdout!.resume()
      return
    }
  }
  throw new Error(`ended without saying so; it said:\n${printed.join('\n')}`)
}

function pidsIn (dataDir: string): number[] {
  const { services } = JSON.parse(readFileSync(path.join(dataDir, 'stack.json'), 'utf8')) as { services: Record<string, { pid: number }> }
  return Object.values(services).map(({ pid }) => pid)
}

async function exitCode (child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.exitCode
}
