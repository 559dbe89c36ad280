import { samplesOf } from '@karani/audio'
import t from 'tap'

t.test('a Buffer at an odd place of a larger memory is read as itself, not as its neighbours', async (t) => {
  const memory = Buffer.alloc(1_000, 0x55)
  const bytes = memory.subarray(101, 105)
  bytes.set([1, 0, 2, 0])
  t.same([...samplesOf(bytes)], [1, 2])
})
