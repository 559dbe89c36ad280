import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import t from 'tap'
import { build, form, postForm, ringing } from './helper.ts'

const headers = 'POST /voice HTTP/1.1\r\nhost: karani.example\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 100\r\n'

t.test('who sends slowly is cut off within six seconds, and holds up nobody', async (t) => {
  const { app } = await build(t)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo

  async function drip (start: string): Promise<{ reply: string, tookMs: number }> {
    const startedAt = performance.now()
    const socket = connect(port, '127.0.0.1').setEncoding('utf8')
    let reply = ''
    socket.on('data', (text: string) => { reply += text }).on('error', () => {})
    socket.write(start)
    const dripping = setInterval(() => socket.write('x'), 200)
    await once(socket, 'close')
    clearInterval(dripping)
    return { reply, tookMs: performance.now() - startedAt }
  }

  const slow = Promise.all([...Array(20).fill(`${headers}\r\n`), ...Array(20).fill('POST /voice HTTP/1.1\r\nx-slow: ')].map(drip))
  const askedAt = performance.now()
  t.equal((await postForm(app, ringing())).statusCode, 200)
  t.ok(performance.now() - askedAt < 500)
  for (const { reply, tookMs } of await slow) {
    t.match(reply, /^HTTP\/1\.1 408 /)
    t.ok(tookMs < 6_500, `took ${Math.round(tookMs)} ms`)
  }
})

t.test('a body that never ends is cut off at its limit', async (t) => {
  const { app } = await build(t)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1').setEncoding('utf8')
  socket.on('error', () => {})
  socket.write(headers.replace('content-length: 100', 'transfer-encoding: chunked') + '\r\n')
  const chunk = `1000\r\n${form({ x: 'x'.repeat(0x1000 - 2) })}\r\n`
  const pump = (): void => { while (!socket.destroyed && socket.write(chunk)); }
  socket.on('drain', pump)
  pump()
  const [reply] = await once(socket, 'data') as [string]
  t.match(reply, /^HTTP\/1\.1 413 /)
  t.match(reply, /connection: close/i)
  socket.destroy()
})
