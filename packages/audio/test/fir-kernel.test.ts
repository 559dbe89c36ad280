import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import t from 'tap'
import wabt from 'wabt'
import { convolveRow, FIR_WASM, firOutput, firWindow } from '../src/fir-kernel.ts'
import { polyphaseFilter, TAPS_PER_PHASE } from '../src/polyphase-filter.ts'

const SOURCE = new URL('../src/fir.wat', import.meta.url)

t.test('the kernel that is shipped is its source, compiled', async (t) => {
  const { parseWat } = await wabt()
  const { buffer } = parseWat(SOURCE.pathname, await readFile(SOURCE, 'utf8'), { simd: true }).toBinary({})
  t.equal(FIR_WASM, Buffer.from(buffer).toString('base64'), 'the right side belongs into FIR_WASM')
})

t.test('the kernel is the plain sum of products, rounded and clamped, for any samples', async () => {
  const rows = [[24_000, 16_000], [16_000, 24_000], [48_000, 8_000]].flatMap(([fromHz, toHz]) => polyphaseFilter(fromHz!, toHz!).rows)
  const extreme = fc.constantFrom(-32_768, 32_767)
  const samples = fc.array(fc.oneof(extreme, fc.integer({ min: -32_768, max: 32_767 })), { minLength: 60, maxLength: 60 })
  fc.assert(fc.property(samples, fc.constantFrom(...rows), fc.integer({ min: 0, max: 3 }), (window, row, step) => {
    firWindow.set(window)
    convolveRow(row, { from: 2, step, first: 1, every: 2, count: 3 })
    return [0, 1, 2].every(k => firOutput[1 + 2 * k] === plainSum(row, window.slice(2 + k * step)))
  }))
})

function plainSum (row: Int16Array, window: readonly number[]): number {
  let sum = 0
  for (let tap = 0; tap < TAPS_PER_PHASE; tap++) sum += row[tap]! * window[tap]!
  return Math.max(-32_768, Math.min(32_767, Math.floor((sum + 16_384) / 32_768)))
}
