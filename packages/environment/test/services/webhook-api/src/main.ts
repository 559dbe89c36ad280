import { exitOnConfigError, Port, readConfig } from '../../../../src/index.ts'
import { Type } from 'typebox'

await exitOnConfigError(async () => {
  readConfig(Type.Object({ PORT: Port() }), process.env)
  if (process.env['FAULT'] !== undefined) throw new RangeError('not a matter of configuration')
  setInterval(() => {}, 60_000) // a service that started keeps its process alive
  process.kill(process.pid, 'SIGTERM')
})
