import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { WebSocket } from 'ws'

/** What a process needs to be asked for its memory: a debugger of its own, on a free port that it prints. */
export const INSPECTED = { NODE_OPTIONS: '--inspect=127.0.0.1:0' }

/** Of the heap and of buffers, of a process that is INSPECTED, when its garbage is gone. `logFile`: what it prints. */
export async function liveBytes (logFile: string): Promise<number> {
  const [url] = /ws:\/\/127\.0\.0\.1:\d+\/\S+/.exec(await readFile(logFile, 'utf8')) ?? []
  const debug = new WebSocket(url!)
  await once(debug, 'open')
  const ask = async (method: string, params: object): Promise<{ result?: { value?: unknown } }> => {
    debug.send(JSON.stringify({ id: 1, method, params }))
    const [answer] = await once(debug, 'message') as [Buffer]
    return (JSON.parse(answer.toString()) as { result: { result?: { value?: unknown } } }).result
  }
  await ask('HeapProfiler.collectGarbage', {})
  await ask('HeapProfiler.collectGarbage', {}) // what buffers held is given back only after the collection that found them
  const { result } = await ask('Runtime.evaluate', { expression: 'process.memoryUsage().heapUsed + process.memoryUsage().external' })
  debug.close()
  await once(debug, 'close')
  return Number(result?.value)
}
