import { execFileSync } from 'node:child_process'
import { open, readFile, rm, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import t, { type Test } from 'tap'
import { decodeWav } from '@karani/audio'
import { Recorder } from '../src/call/recorder.ts'

/** What is held, rather than what has not been swept up yet, is what counts below. */
setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const FRAME = 320

async function record (t: Test, act: (recorder: Recorder) => void): Promise<Int16Array[]> {
  const folder = await mkdtemp(join(tmpdir(), 'karani-recording-'))
  t.teardown(async () => await rm(folder, { recursive: true }))
  const recorder = new Recorder(join(folder, 'call.wav'))
  act(recorder)
  t.equal(await recorder.close(), true)
  return decodeWav(await readFile(join(folder, 'call.wav'))).channels
}
const constant = (value: number, frames = 1): Int16Array => new Int16Array(FRAME * frames).fill(value)

t.test('the clerk is heard where the caller\'s clock stood when it was sent', async (t) => {
  const [left, right] = await record(t, recorder => {
    for (let i = 0; i < 100; i++) {
      recorder.caller(constant(7))
      if (i === 49) recorder.clerk(constant(9, 8))
    }
  })
  t.equal(left!.length, FRAME * 100)
  t.ok(left!.every(sample => sample === 7))
  t.equal(right!.indexOf(9), FRAME * 50)
  t.equal(right!.lastIndexOf(9), FRAME * 58 - 1)
})

t.test('what a barge-in cancelled is not in the recording', async (t) => {
  const [, right] = await record(t, recorder => {
    recorder.caller(constant(1, 10))
    recorder.clerk(constant(9, 8))
    recorder.caller(constant(1, 3))
    recorder.cut()
    recorder.caller(constant(1, 10))
  })
  t.equal(right!.lastIndexOf(9), FRAME * 13 - 1)
})

t.test('a folder that cannot be written costs the recording, not the call', async (t) => {
  const recorder = new Recorder('/nonexistent/folder/call.wav')
  recorder.caller(constant(1, 60))
  recorder.clerk(constant(2, 60))
  t.equal(await recorder.close(), false)
})

t.test('a disk that hangs costs the recording, neither the memory nor the end of the call', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'karani-recording-'))
  t.teardown(async () => await rm(folder, { recursive: true }))
  const pipe = join(folder, 'call.wav')
  execFileSync('mkfifo', [pipe]) // to open it waits for a reader
  collectGarbage()
  const before = process.memoryUsage().arrayBuffers
  const recorder = new Recorder(pipe)
  for (let n = 0; n < 50 * 300; n++) recorder.caller(constant(1))
  const held = (): number => process.memoryUsage().arrayBuffers - before
  for (let round = 0; round < 50 && held() >= 10_000_000; round++) { // Node 24 frees array buffers a little after their collection
    collectGarbage()
    await new Promise(setImmediate)
  }
  t.ok(held() < 10_000_000, `${held()} bytes of 19 MB`)
  t.equal(await recorder.close(), false)
  await (await open(pipe, 'r')).close()
})
