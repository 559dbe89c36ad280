// Runs every check: lint, types and build, tests. Prints each file's result as it comes, the whole output of what fails,
// and a last line 'N passed, N failed' that counts tests (not assertions), lint and build included.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

const TEST = /^ {4}(not )?ok \d+ - /
const FILE = /^(not )?ok \d+ - (\S+)(?: # time=(\S+?))?(?: \{)?$/
let passed = 0
let failed = 0

function run (command, args, onLine) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, KARANI_RUN: 'dist' } })
    createInterface({ input: child.stdout }).on('line', onLine)
    child.on('error', reject)
    child.on('close', code => resolve(code))
  })
}

async function step (title, command, args) {
  const startedAt = Date.now()
  process.stdout.write(`${title} ... `)
  const lines = []
  const code = await run(command, args, line => lines.push(line))
  if (code === 0) passed++
  else failed++
  console.log(code === 0 ? `ok (${((Date.now() - startedAt) / 1000).toFixed(1)} s)` : 'FAILED')
  if (code !== 0) console.log(lines.join('\n'))
  return code === 0
}

async function tests (files) {
  console.log('tests:')
  let output = []
  const code = await run('npx', ['tap', '--disable-coverage', '--reporter=tap', ...files], line => {
    output.push(line)
    const test = TEST.exec(line)
    if (test !== null) test[1] === undefined ? passed++ : failed++
    const file = FILE.exec(line)
    if (file === null) return
    console.log(`  ${file[1] === undefined ? 'ok    ' : 'FAILED'} ${file[2]} ${file[3] ?? ''}`)
    if (file[1] !== undefined) console.log(output.join('\n'))
    output = []
  })
  if (code !== 0 && failed === 0) { failed++; console.log(output.join('\n')) }
}

const built = await step('types and build', 'npx', ['tsc', '-b'])
await step('lint', 'npx', ['eslint', '.'])
if (built) await tests(process.argv.slice(2))
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && built ? 0 : 1
