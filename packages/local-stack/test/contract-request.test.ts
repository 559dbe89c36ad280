import t from 'tap'
import { readContractRequest } from '../src/contract/contract-request.ts'

const LENDING = ['--domain', 'lending', '--url', 'https://bank.example.co.ke/karani', '--account', 'TC-1042', '--phone', '+254711222333']
const ENV = { LENDING_SECRET: 'secret', COURIER_SECRET: 'secret', MENU_SECRET: 'secret' }

t.test('reads only, unless writing is asked for', async t => {
  t.match(readContractRequest(LENDING, ENV), { title: "A lender's system", write: false, writing: /three payments/ })
  t.match(readContractRequest([...LENDING, '--write'], ENV), { write: true })
  t.match(readContractRequest(['--domain', 'courier', '--url', 'https://x.co.ke', '--parcel', 'TRK-427', '--phone', '+254711222333'], ENV), { writing: /moved by a day/ })
  t.match(readContractRequest(['--domain', 'restaurant', '--url', 'https://x.co.ke/menu'], ENV), { writing: null })
})

t.test('the URL may come from the configuration that is to be tried', async t => {
  t.ok(readContractRequest(['--domain', 'restaurant'], { ...ENV, MENU_URL: 'http://127.0.0.1:4000/menu' }))
  t.ok(readContractRequest(['--domain', 'restaurant'], { ...ENV, MENU_URL: 'http://till:4000/menu', ALLOW_PLAINTEXT: 'true' }))
})

const unclear: Array<[what: string, args: string[], env: NodeJS.ProcessEnv, remedy: RegExp]> = [
  ['no domain', [], ENV, /--domain lending/],
  ['another domain', ['--domain', 'bank'], ENV, /--domain lending/],
  ['no URL', ['--domain', 'restaurant'], ENV, /--url, or MENU_URL/],
  ['no such URL', ['--domain', 'restaurant', '--url', 'bank:4000'], ENV, /https:\/\/host\/path/],
  ['a password in a URL', ['--domain', 'restaurant', '--url', 'https://a:b@x.co.ke'], ENV, /without a name or a password/],
  ['plain text over a network', ['--domain', 'restaurant', '--url', 'http://x.co.ke'], ENV, /ALLOW_PLAINTEXT/],
  ['no secret', LENDING, {}, /set LENDING_SECRET/],
  ['a secret that no header carries', LENDING, { LENDING_SECRET: 'Zoë' }, /visible ASCII/],
  ['no account', LENDING.toSpliced(4, 2), ENV, /--account/],
  ['no letter of an account', LENDING.with(5, '..'), ENV, /--account/],
  ['no number', LENDING.slice(0, -2), ENV, /--phone/],
  ['a number without its country', LENDING.with(7, '0711222333'), ENV, /--phone/]
]

for (const [what, args, env, remedy] of unclear) {
  t.test(`${what}: the message says what to do, and no secret`, async t => {
    t.throws(() => readContractRequest(args, env), { code: 'USAGE', message: remedy })
  })
}
