import path from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { readLines } from '@karani/lines'
import { SautikitClient } from '@karani/sautikit'
import { terminalPage } from '../display/terminal.ts'
import { checkCarrier, checkPublicUrls } from '../doctor/check-carrier.ts'
import { checkConfiguration } from '../doctor/check-configuration.ts'
import { checkServers } from '../doctor/check-servers.ts'
import { findingLine, type Finding } from '../doctor/finding.ts'
import { routeNumber } from '../doctor/route-number.ts'
import { UsageError } from '../errors.ts'
import { PROJECT_FOLDER } from '../project-folder.ts'
import { secretsOf } from '../stack/secrets.ts'
import type { Settings } from '../stack/services.ts'
import { runCommand } from './run-command.ts'
import { dataDir, givenSettings, loadEnvFile } from './settings.ts'

await runCommand(async () => {
  const { values } = parseArgs({ options: { route: { type: 'string' }, yes: { type: 'boolean', default: false } } })
  loadEnvFile()
  const given = givenSettings()
  const settings = await withProof(given)
  const linesFile = path.resolve(PROJECT_FOLDER, settings.LINES_FILE ?? 'config/lines.json')
  const carrier = new SautikitClient({ url: settings.SAUTIKIT_API_URL ?? 'https://api.sautikit.com', apiKey: settings.SAUTIKIT_API_KEY ?? '' })

  if (values.route !== undefined) {
    if (!settings.SAUTIKIT_API_KEY || !settings.PUBLIC_URL) throw new UsageError('set SAUTIKIT_API_KEY and PUBLIC_URL in .env first')
    console.log(await routeNumber({ number: values.route, carrier, settings, agree: values.yes ? async () => true : ask }))
    return
  }

  const findings = checkConfiguration(given, linesFile)
  const isSound = (subject: string) => !findings.some(finding => finding.verdict === 'fault' && finding.subject === subject)
  findings.push(...await checkServers(Object.fromEntries(Object.entries(settings).filter(([name]) => isSound(name)))))
  if (settings.SAUTIKIT_API_KEY) {
    const lines = isSound('LINES_FILE') ? readLines(linesFile).lines.map(({ number }) => number) : []
    findings.push(...await checkCarrier(carrier, settings, lines))
    if (isSound('PUBLIC_URL') && isSound('MEDIA_URL')) findings.push(...await checkPublicUrls(settings))
  }
  print(findings)
})

/** The real carrier without a secret of its own and without a token of ours is given the token that `npm start` uses. */
async function withProof (given: Settings): Promise<Settings> {
  if (!given.SAUTIKIT_API_KEY || given.WEBHOOK_TOKENS || given.SAUTIKIT_SIGNING_SECRETS) return given
  const { WEBHOOK_TOKENS = '' } = await secretsOf(dataDir())
  return { ...given, WEBHOOK_TOKENS }
}

async function ask (question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const closed = new Promise<string>(resolve => terminal.once('close', () => resolve('')))
  const answer = await Promise.race([terminal.question(`${question} [y/N] `), closed])
  terminal.close()
  return /^y(es)?$/i.test(answer.trim())
}

function print (findings: Finding[]): void {
  const { colors } = terminalPage()
  for (const finding of findings) console.log(findingLine(finding, colors))
  const faults = findings.filter(({ verdict }) => verdict === 'fault').length
  console.log(faults === 0 ? '\nNothing to put right.' : `\nTo put right: ${faults}.`)
  process.exitCode = faults === 0 ? 0 : 1
}
