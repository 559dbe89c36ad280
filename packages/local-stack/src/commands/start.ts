import path from 'node:path'
import { parseArgs } from 'node:util'
import { publicHoliday } from '@karani/calling-rules'
import { readLines } from '@karani/lines'
import { Records } from '@karani/records'
import { CallWatch } from '../calls/call-watch.ts'
import { showCall } from '../calls/show-call.ts'
import { SimulatorClient } from '../calls/simulator-client.ts'
import { createDemoCampaign, showDemoCampaign, type DemoOptions } from '../campaign/demo-campaign.ts'
import type { Page } from '../display/call-lines.ts'
import { businessNames } from '../display/business-names.ts'
import { LiveDisplay } from '../display/live-display.ts'
import { terminalPage } from '../display/terminal.ts'
import { StackBrokenError } from '../errors.ts'
import { findRedisProgram } from '../redis/redis-program.ts'
import { demoInstant } from '../stack/demo-instant.ts'
import { simulatedIn } from '../stack/settings.ts'
import { removeStackFile, writeStackFile } from '../stack/stack-file.ts'
import { startStack, type Stack } from '../stack/stack.ts'
import { reportCall } from './report-call.ts'
import { runCommand, stopAsked } from './run-command.ts'
import { dataDir, givenSettings, loadEnvFile } from './settings.ts'

const MORE_CALLS = `
Karani stays up. From another terminal:
  npm run call                                        be the caller yourself
  npm run call -- --line lender --scenario pay        a borrower pays by M-Pesa while on the line
  npm run call -- --line courier --scenario move      a parcel is to come another day
  npm run call -- --line restaurant --scenario order  dinner, and a ticket for the kitchen
  npm run call -- --line lender --say "What is my balance?"
  npm run call -- --list                              everything that can be placed
  npm run campaign -- status                          who is to be called, and what became of it
Ctrl-C stops everything.`

await runCommand(async () => {
  const flag = { type: 'boolean', default: false } as const
  const { values } = parseArgs({ options: { 'no-call': flag, 'real-clock': flag } })
  loadEnvFile()
  const asked = stopAsked()
  console.log('Karani, a clerk on the phone\n')
  if (givenSettings().REDIS_URL === undefined) await Promise.race([findRedisProgram({ say }), asked]) // the last part of installing, once
  const startedAt = performance.now()
  const decidingAt = values['real-clock'] ? undefined : demoClock()
  const stack = await Promise.race([bringUp(decidingAt), asked])
  if (stack === undefined) process.exit(130) // what had started ends with us
  console.log(`\nUp after ${((performance.now() - startedAt) / 1000).toFixed(1)} s. ${partiesOf(stack)}`)

  const watch = new CallWatch(stack.settings.REDIS_URL ?? '')
  try {
    await Promise.race([serve(stack, watch, !values['no-call'], decidingAt), broken(stack), asked])
  } finally {
    console.log('\nStopping ...')
    watch.close()
    await removeStackFile(stack.dataDir)
    await stack.stop()
    console.log('Stopped.')
  }
})

function say (line: string): void {
  console.log(`  ${line}`)
}

async function bringUp (decidingAt: Date | undefined): Promise<Stack> {
  const stack = await startStack({ env: givenSettings(), dataDir: dataDir(), ports: 'fixed', simulators: true, decidingAt, say })
  await writeStackFile(stack)
  return stack
}

function partiesOf ({ simulator }: Stack): string {
  const simulated = simulatedIn(givenSettings())
  if (simulator === null) return 'Carrier and model are real.'
  if (!simulated.model) return `The model is real, the carrier ${simulated.mpesa ? 'and M-Pesa simulated' : 'simulated; M-Pesa is real: phones are asked for PINs'}.`
  if (!simulated.carrier) return 'The carrier is real, the model simulated: it understands little. Set GEMINI_API_KEY for the real one.'
  return simulated.mpesa ? 'Carrier, model and M-Pesa are simulated; no key is needed.' : 'Carrier and model are simulated; M-Pesa is real: phones are asked for PINs.'
}

/** Shows the sample call, and then every call that comes. Ends only with the watch. */
async function serve (stack: Stack, watch: CallWatch, sampleCall: boolean, decidingAt: Date | undefined): Promise<void> {
  const page = terminalPage()
  const display = new LiveDisplay({ page, print: console.log, businessOf: businessNames(stack.settings.LINES_FILE ?? '') })
  const following = watch.follow(await watch.now(), event => display.show(event))
  if (stack.simulator === null || !simulatedIn(givenSettings()).carrier) {
    console.log(`Calls are answered at ${stack.settings.PUBLIC_URL}. Ctrl-C stops everything.`)
  } else {
    const simulator = new SimulatorClient(stack.simulator.url)
    if (sampleCall) {
      await runDemoCampaign(stack, watch, page, decidingAt)
      const { callId, ...ring } = await simulator.place({ line: 'lender', scenario: 'balance' })
      display.ring(callId, ring)
      const shown = await showCall(callId, { simulator, watch, display })
      for (const line of await reportCall(shown, path.join(stack.dataDir, 'calls'), page)) console.log(line)
    }
    console.log(MORE_CALLS)
  }
  await following
}

/** When nobody real can be called and the database is ours, the rules of calling are shown at an hour at which they allow calls. */
function demoClock (): Date | undefined {
  const env = givenSettings()
  return simulatedIn(env).carrier && env.DATABASE_URL === undefined ? demoInstant(new Date(), day => publicHoliday('KE', day) !== null) : undefined
}

/** Calls those of the demo borrowers who may be called, once in a database. */
async function runDemoCampaign ({ settings }: Stack, { redis }: CallWatch, page: Page, decidingAt: Date | undefined): Promise<void> {
  const records = new Records({ url: settings.DATABASE_URL ?? '', maxConnections: 2 })
  const options: DemoOptions = { records, redis, lines: readLines(settings.LINES_FILE ?? ''), page, print: console.log }
  try {
    const campaign = await createDemoCampaign(options)
    if (campaign === null) return
    const when = decidingAt?.toLocaleString('en-GB', { timeZone: 'Africa/Nairobi', dateStyle: 'full', timeStyle: 'short' })
    console.log(`\nA lender calls ${campaign.name}${when === undefined ? '' : `, as if it were ${when} in Nairobi (days that the clerk names count from the true date)`}:`)
    await showDemoCampaign(campaign, options)
  } finally {
    await records.close()
  }
}

/** Rejects when a part of the stack ends by itself. */
async function broken ({ services, simulator, redis, postgres, dataDir }: Stack): Promise<never> {
  const parts = [...Object.values(services), ...simulator === null ? [] : [simulator]]
  const servers = [{ name: 'Redis', server: redis }, { name: 'PostgreSQL', server: postgres }]
  return await Promise.race([
    ...parts.map(async part => { throw new StackBrokenError(part.name, await part.ended, `${part.lastWords}\nIts log: ${part.logFile}`) }),
    ...servers.flatMap(({ name, server }) => server === null ? [] : [server.ended.then(how => { throw new StackBrokenError(name, how, `\nSee ${dataDir}`) })])
  ])
}
