import { once } from 'node:events'
import { createServer } from 'node:net'
import { inspect } from 'node:util'
import { gzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { httpLending, httpRestaurant, type SystemError } from '../src/index.ts'
import { ACCOUNT, MENU, SECRET, startSystem, type Reaction } from './system-server.ts'

const KEY = { accountKey: 'TC1042' }
const PROMISE = { promiseId: 'promise-51c1', accountId: ACCOUNT.accountId, amountMinor: 123_400, currency: 'KES', payBy: '2026-11-27', promisedAt: '2026-11-21T14:50:05.000Z' }

const unusable: Array<[what: string, reaction: Reaction, reason: string]> = [
  ['silence', 'silent', 'timeout'],
  ['a head, and then silence', response => response.writeHead(200).write('{"accountId":'), 'timeout'],
  ['a hang-up', 'hang up', 'network'],
  ['a connection reset', (_, socket) => socket.resetAndDestroy(), 'network'],
  ['half a reply', (response, socket) => { response.writeHead(200, { 'content-length': 500 }).write('{"accountId":', () => socket.destroy()) }, 'network'],
  ['bytes that are not HTTP', (_, socket) => socket.end(`Wanjiku Kamau ${ACCOUNT.phone}\r\n\r\n`), 'network'],
  ['nothing', { bytes: '' }, 'unreadable'],
  ['a page', { headers: { 'content-type': 'text/html' }, bytes: '<html>Please log in</html>' }, 'unreadable'],
  ['half the JSON', { bytes: JSON.stringify(ACCOUNT).slice(0, 80) }, 'unreadable'],
  ['another encoding', { bytes: Buffer.from(JSON.stringify({ ...ACCOUNT, borrower: 'Zoë' }), 'latin1') }, 'unreadable'],
  ['null', { body: null }, 'unreadable'],
  ['a list', { body: [ACCOUNT] }, 'unreadable'],
  ['a field less', { body: { ...ACCOUNT, phone: undefined } }, 'unreadable'],
  ['a fraction of a cent', { body: { ...ACCOUNT, balanceMinor: 8500.5 } }, 'unreadable'],
  ['an amount in words', { body: { ...ACCOUNT, balanceMinor: '850000' } }, 'unreadable'],
  ['less than nothing', { body: { ...ACCOUNT, balanceMinor: -1 } }, 'unreadable'],
  ['more money than there is', { bytes: JSON.stringify(ACCOUNT).replace('850000', '1e300') }, 'unreadable'],
  ['a day that is in no calendar', { body: { ...ACCOUNT, dueOn: '2026-02-30' } }, 'unreadable'],
  ['a blank name', { body: { ...ACCOUNT, borrower: ' ' } }, 'unreadable'],
  ['a name without an end', { body: { ...ACCOUNT, borrower: 'x'.repeat(121) } }, 'unreadable'],
  ['a NUL', { body: { ...ACCOUNT, status: 'current\0' } }, 'unreadable'],
  ['a reply too long', { bytes: JSON.stringify(ACCOUNT) + ' '.repeat(64 * 1024) }, 'unreadable'],
  ['a small reply that grows', { headers: { 'content-encoding': 'gzip' }, bytes: gzipSync(' '.repeat(10_000_000)) }, 'unreadable'],
  ...[201, 204, 301, 302, 307, 308, 400, 401, 403, 409, 410, 422, 429, 500, 502, 503].map((status): [string, Reaction, string] =>
    [`status ${status}`, { status, headers: { location: '/elsewhere' }, ...(status !== 204 && { body: ACCOUNT }) }, `http_${status}`])
]

for (const [what, reaction, reason] of unusable) {
  t.test(`${what} is no usable answer: ${reason}`, async t => {
    const { options, asked } = await startSystem(t, reaction, { body: ACCOUNT })
    const err = await failure(httpLending(reason === 'timeout' ? { ...options, timeoutMs: 300 } : options).account(KEY))
    t.match(err, { code: 'SYSTEM_UNAVAILABLE', statusCode: 503, reason })
    t.ok(asked.length <= 1, `asked once at most, and nowhere else: ${asked.length}`) // a busy machine may be late even to ask
    tellsNothing(t, err)
  })
}

t.test('a menu longer than 1 MB is no usable answer', async t => {
  const { options } = await startSystem(t, { bytes: JSON.stringify(MENU) + ' '.repeat(1024 * 1024) })
  t.match(await failure(httpRestaurant(options).menu()), { code: 'SYSTEM_UNAVAILABLE', reason: 'unreadable' })
})

t.test('nobody at the port, and no such host', async t => {
  const port = await freedPort()
  for (const url of [`http://127.0.0.1:${port}`, 'http://bank.invalid', 'http://']) {
    const err = await failure(httpLending({ url, secret: SECRET }).account({ phone: ACCOUNT.phone }))
    t.match(err, { code: 'SYSTEM_UNAVAILABLE', reason: 'network' }, url)
    tellsNothing(t, err)
  }
})

t.test('a secret that no header can carry is not told', async t => {
  const { options, asked } = await startSystem(t)
  const err = await failure(httpLending({ ...options, secret: `${SECRET}\nx` }).account(KEY))
  t.match(err, { code: 'SYSTEM_UNAVAILABLE', reason: 'network' })
  t.equal(asked.length, 0)
  tellsNothing(t, err)
})

t.test('what is told is taken with any 2xx, refused for good with 409, 410 and 422, and else told again', async t => {
  const statuses = [200, 201, 202, 204, 299, 409, 410, 422, 301, 303, 307, 400, 401, 403, 404, 405, 408, 413, 425, 429, 500, 501, 503]
  const { options } = await startSystem(t, ...statuses.map((status): Reaction => ({ status, headers: { location: '/elsewhere' } })))
  for (const status of statuses) {
    const err = await failure(httpLending(options).promised(PROMISE))
    if (status <= 299) t.equal(err, undefined, `${status}`)
    else t.match(err, { code: [409, 410, 422].includes(status) ? 'SYSTEM_REFUSED' : 'SYSTEM_UNAVAILABLE', reason: `http_${status}` }, `${status}`)
    tellsNothing(t, err)
  }
})

t.test('what was taken stays taken, whatever becomes of the rest of the reply', async t => {
  const { options } = await startSystem(t, (response, socket) => { response.writeHead(201, { 'content-length': 500 }).write('{', () => setImmediate(() => socket.destroy())) }, { status: 200, bytes: 'x'.repeat(200_000) })
  await httpLending(options).promised(PROMISE)
  await httpLending(options).promised(PROMISE)
})

t.test('what gets no answer is told again', async t => {
  const { options } = await startSystem(t, 'silent')
  t.match(await failure(httpLending(options).promised(PROMISE)), { code: 'SYSTEM_UNAVAILABLE', reason: 'timeout' })
})

t.test('what is wrong with a reply is said by the name of the field and the rule', async t => {
  const { options } = await startSystem(t, { body: { ...ACCOUNT, balanceMinor: 'KES 8500' } })
  t.match(await failure(httpLending(options).account(KEY)), { fault: '/balanceMinor must be integer' })
})

async function failure (asking: Promise<unknown>): Promise<SystemError | undefined> {
  return await asking.then(() => undefined, err => err)
}

/** Whatever a log makes of it. */
function tellsNothing (t: Test, err: Error | undefined): void {
  const told = inspect(err, { depth: 10, showHidden: true })
  for (const secret of [SECRET, ACCOUNT.phone, ACCOUNT.borrower, ACCOUNT.accountId, 'TC1042', 'KES 8500', '850000', '123400', 'log in']) t.notOk(told.includes(secret), secret)
}

async function freedPort (): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
