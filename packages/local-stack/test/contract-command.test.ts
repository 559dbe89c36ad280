import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import t, { type Test } from 'tap'
import { RECORDS } from '../../business-systems/examples/records.ts'
import { ReferenceSystem } from '../../business-systems/examples/reference-system.ts'
import { serve } from '../../business-systems/examples/serve.ts'
import { PROJECT_FOLDER } from '../src/project-folder.ts'

const SECRET = 'known-to-both-sides'

t.test('npm run contract says of each behaviour whether it was seen, and what it did not look at', async t => {
  const { printed, code } = await contract(t, ['--domain', 'lending', '--url', `${await reference(t)}/lending`, '--account', 'TC-1042', '--phone', '+254722333444'])
  t.match(printed, /^A lender's system, as docs\/business-systems\.md describes it\.\n✓ is reached at its URL\n✓ finds an account by its id/)
  t.match(printed, /· What the system is told was not checked: add --write/)
  t.notMatch(printed, /✗|takes a payment/)
  t.equal(code, 0)
})

t.test('npm run contract writes when it is told to, and says what stays behind', async t => {
  const { printed, code } = await contract(t, ['--domain', 'courier', '--url', `${await reference(t)}/courier`, '--parcel', 'TRK-427', '--phone', '+254744555666', '--write'])
  t.match(printed, /It is written to: that parcel is moved by a day/)
  t.match(printed, /✓ takes a move\n/)
  t.equal(code, 0)
})

t.test('npm run contract fails when one behaviour is not there', async t => {
  const { printed, code } = await contract(t, ['--domain', 'restaurant', '--url', `${await reference(t)}/restaurant/menus`])
  t.match(printed, /✗ gives the menu: it answered 404, not 200: is the URL right/)
  t.match(printed, /To put right: 3\.\n$/)
  t.equal(code, 1)
})

t.test('npm run contract without its words says what is missing', async t => {
  const { complaint, code } = await contract(t, ['--domain', 'restaurant'])
  t.equal(complaint.trim(), 'Please say where the system is: --url, or MENU_URL in the environment')
  t.equal(code, 1)
})

async function reference (t: Test): Promise<string> {
  const system = new ReferenceSystem(SECRET, RECORDS)
  const server = serve(request => system.answer(request)).listen(0, '127.0.0.1')
  t.teardown(() => { server.close(); server.closeAllConnections() })
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function contract (t: Test, args: string[]): Promise<{ printed: string, complaint: string, code: number }> {
  const script = path.join(PROJECT_FOLDER, 'packages/local-stack/src/commands/contract.ts')
  const env = { PATH: process.env.PATH, NO_COLOR: '1', LENDING_SECRET: SECRET, COURIER_SECRET: SECRET, MENU_SECRET: SECRET }
  const child = spawn(process.execPath, ['--conditions=@karani/source', '--import', 'tsx', script, ...args], { env, cwd: PROJECT_FOLDER, stdio: ['ignore', 'pipe', 'pipe'] })
  t.teardown(() => child.kill('SIGKILL'))
  const [printed, complaint, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { printed, complaint, code }
}
