import fc from 'fast-check'
import t from 'tap'
import { SampleQueue } from '../src/sample-queue.ts'

const chunk = fc.int16Array({ maxLength: 6_000 })
const take = fc.double({ min: 0, max: 1, noNaN: true })

t.test('samples come out as they went in, however they are pushed and taken', async () => {
  fc.assert(fc.property(fc.array(fc.tuple(chunk, take), { maxLength: 30 }), steps => {
    const queue = new SampleQueue()
    let waiting: number[] = []
    return steps.every(([pushed, share]) => {
      queue.push(pushed)
      waiting.push(...pushed)
      const output = new Int16Array(Math.floor(share * queue.length))
      queue.shift(output)
      const expected = waiting.slice(0, output.length)
      waiting = waiting.slice(output.length)
      return queue.length === waiting.length && expected.every((sample, n) => output[n] === sample)
    })
  }))
})

t.test('what was pushed may change afterwards', async (t) => {
  const queue = new SampleQueue()
  const pushed = Int16Array.of(1, 2, 3)
  queue.push(pushed)
  pushed.fill(9)
  const output = new Int16Array(3)
  queue.shift(output)
  t.same(output, Int16Array.of(1, 2, 3))
})

t.test('a long reply passes, and leaves an empty queue that works', async (t) => {
  const queue = new SampleQueue()
  const long = new Int16Array(400_000).fill(7)
  queue.push(long)
  const output = new Int16Array(400_000)
  queue.shift(output)
  t.same(output, long)
  t.equal(queue.length, 0)
  queue.push(Int16Array.of(5))
  queue.shift(output.subarray(0, 1))
  t.equal(output[0], 5)
})

t.test('more than there is cannot be taken', async (t) => {
  t.throws(() => new SampleQueue().shift(new Int16Array(1)), RangeError)
})
