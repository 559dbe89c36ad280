import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { RECORDS } from './records.ts'
import { ReferenceSystem } from './reference-system.ts'
import { serve } from './serve.ts'

// PORT=4000 SECRET=... node --import tsx packages/business-systems/examples/start.ts
const { PORT = '4000', SECRET } = process.env
if (!SECRET) throw new Error('Set SECRET: whoever asks has to know it')
const system = new ReferenceSystem(SECRET, RECORDS)
const server = serve(request => system.answer(request)).listen(Number(PORT), '127.0.0.1')
await once(server, 'listening')
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
console.log(`LENDING_URL=${url}/lending\nCOURIER_URL=${url}/courier\nMENU_URL=${url}/restaurant/menu`)
