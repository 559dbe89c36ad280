import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { checkLending, checkRestaurant } from '../../src/contract/index.ts'
import { failed, FINDS_BY_ID, FINDS_BY_PHONE, FORM, MONEY, NO_ID, NO_PHONE, NOTHING_TOLD, SECRET, SECRET_KEPT, startTeam } from './team.ts'

const AN_ACCOUNT = { account: 'TC-1042', phone: '+254722333444' }

t.test('without a server there is one problem, not twenty', async t => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  server.close()
  await once(server, 'close')
  t.same(await checkLending({ url, secret: SECRET, ...AN_ACCOUNT, write: true }), [{ name: 'is reached at its URL', passed: false, problem: 'there was no answer (ECONNREFUSED): is the server up, and its URL right?' }])
})

t.test('a server at which nothing of this is, a website say', async t => {
  const team = await startTeam(t, '/lending', () => ({ status: 200, body: undefined }))
  const checks = await checkLending({ ...team, ...AN_ACCOUNT, write: true })
  t.same(failed(checks), [FINDS_BY_ID('an account'), FINDS_BY_PHONE('an account'), FORM, MONEY, NO_ID, NO_PHONE, SECRET_KEPT, NOTHING_TOLD])
  t.equal(checks.find(({ name }) => name === FORM)?.problem, 'nothing came that could be looked at')
})

t.test('a server that is too slow to look for who is not there', async t => {
  const team = await startTeam(t, '/lending', async (request, system) => await (request.body.phone === '+254000000000' ? new Promise<never>(() => {}) : system.answer(request)))
  const checks = await checkLending({ ...team, timeoutMs: 1_000, ...AN_ACCOUNT })
  t.same(failed(checks), [NO_PHONE, 'answers each request within 1 s'])
  t.equal(checks.at(-1)?.problem, '1 of 7 came too late')
})

t.test('no problem tells what a reply said', async t => {
  const team = await startTeam(t, '/restaurant/menu', () => ({ status: 200, body: { currency: 'Amina Wanjiru', items: 'Amina Wanjiru', 'Amina Wanjiru': 1 } }))
  t.notMatch(JSON.stringify(await checkRestaurant(team)), /Amina/)
})
