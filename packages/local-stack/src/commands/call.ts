import path from 'node:path'
import { readCallRequest } from '../calls/call-wish.ts'
import { CallWatch } from '../calls/call-watch.ts'
import { KeyboardPhone } from '../calls/keyboard-phone.ts'
import { showCall } from '../calls/show-call.ts'
import { SimulatorClient, type Scenario } from '../calls/simulator-client.ts'
import { businessNames } from '../display/business-names.ts'
import { LiveDisplay } from '../display/live-display.ts'
import { terminalPage } from '../display/terminal.ts'
import { UsageError } from '../errors.ts'
import { readStackFile } from '../stack/stack-file.ts'
import { reportCall } from './report-call.ts'
import { runCommand } from './run-command.ts'
import { dataDir, loadEnvFile } from './settings.ts'

await runCommand(async () => {
  const request = readCallRequest(process.argv.slice(2), process.stdin.isTTY)
  loadEnvFile()
  const { simulatorUrl, redisUrl, linesFile } = await readStackFile(dataDir())
  if (simulatorUrl === null) throw new UsageError('take a telephone: this stack has the real carrier')
  const simulator = new SimulatorClient(simulatorUrl)
  if (request.do === 'list') {
    for (const line of listOf(await simulator.scenarios())) console.log(line)
    return
  }

  const watch = new CallWatch(redisUrl)
  try {
    const from = await watch.now()
    const { callId, ...ring } = await simulator.place(request.wish)
    const phone = request.do === 'converse' ? await KeyboardPhone.pickUp(simulator.phoneUrl(callId)) : null
    const page = terminalPage()
    const display = new LiveDisplay({ page, print: line => phone === null ? console.log(line) : phone.print(line), businessOf: businessNames(linesFile) })
    display.ring(callId, ring)
    const following = watch.follow(from, event => { if (event.callId === callId) display.show(event) })
    const shown = await showCall(callId, { simulator, watch, display })
    phone?.hangUp()
    for (const line of await reportCall(shown, path.join(dataDir(), 'calls'), page)) console.log(line)
    watch.close()
    await following
  } finally {
    watch.close()
  }
})

function listOf (scenarios: Scenario[]): string[] {
  const widest = Math.max(...scenarios.map(({ line, name }) => line.length + name.length))
  return scenarios.map(({ line, name, description = '' }) => `--line ${line} --scenario ${name}`.padEnd(widest + 21) + description)
}
