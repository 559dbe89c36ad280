import { checkLine } from '../contract/check-line.ts'
import { readContractRequest } from '../contract/contract-request.ts'
import { terminalPage } from '../display/terminal.ts'
import { runCommand } from './run-command.ts'
import { loadEnvFile } from './settings.ts'

await runCommand(async () => {
  loadEnvFile()
  const { title, writing, write, run } = readContractRequest(process.argv.slice(2), process.env)
  const { colors } = terminalPage()
  console.log(`${title}, as docs/business-systems.md describes it.`)
  if (writing !== null && write) console.log(`It is written to: ${writing}.`)
  const checks = await run()
  for (const check of checks) console.log(checkLine(check, colors))

  const failures = checks.filter(({ passed }) => !passed).length
  if (writing !== null && !write) console.log(`${colors.dim('·')} What the system is told was not checked: add --write, for a system for tests alone, because ${writing}.`)
  console.log(failures === 0 ? '\nThe contract is kept, as far as it was checked.' : `\nTo put right: ${failures}.`)
  process.exitCode = failures === 0 ? 0 : 1
})
