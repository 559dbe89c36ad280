import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { freePort, isFree } from '../src/process/free-port.ts'
import { portHolder } from '../src/process/port-holder.ts'
import { fixedPorts, freePorts } from '../src/stack/ports.ts'

t.test('a free port is below the ephemeral range and can be listened on', async t => {
  const port = await freePort()
  t.ok(port >= 10_000 && port < 30_000)
  t.ok(await isFree(port))
})

t.test('a stack gets a port of its own for each listener', async t => {
  const ports = Object.values(await freePorts())
  t.equal(new Set(ports).size, ports.length)
})

t.test('a taken port is named with its purpose, its holder and the variable that moves it', async t => {
  const server = createServer().listen(0, '127.0.0.1')
  t.teardown(() => server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  t.equal(portHolder(port)?.pid, process.pid)
  await t.rejects(fixedPorts({ MEDIA_GATEWAY_PORT: String(port) }, ['media-gateway']), {
    code: 'PORT_TAKEN',
    message: new RegExp(`^Port ${port}, for media-gateway, is taken by process ${process.pid} \\(.*node.*\\)\\. .*MEDIA_GATEWAY_PORT=${port + 1}$`)
  })
  const moved = await fixedPorts({ MEDIA_GATEWAY_PORT: String(port) }, [])
  t.equal(moved['media-gateway'], port)
  t.equal(moved['webhook-api'], 3000)
})

t.test('nobody holds a free port', async t => {
  t.equal(portHolder(await freePort()), null)
})
