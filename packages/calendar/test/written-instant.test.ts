import t from 'tap'
import { readInstant } from '../src/index.ts'

t.test('an instant is read with its zone', async (t) => {
  for (const [text, utc] of [['2026-07-01T09:00:00+03:00', '2026-07-01T06:00:00.000Z'], ['2026-07-01T09:00Z', '2026-07-01T09:00:00.000Z'], ['2028-02-29T23:59:59.999-05:00', '2028-03-01T04:59:59.999Z']] as const) {
    t.equal(readInstant(text)?.toISOString(), utc)
  }
})

t.test('what people could read differently, or no calendar has, is none', async (t) => {
  for (const text of ['', '2026-07-01', '2026-07-01T09:00:00', '01/07/2026 09:00', '2026-02-30T09:00:00Z', '2026-13-01T09:00:00Z', '2026-07-01T25:00:00Z', '2026-07-01T09:00:00 EAT', '+07']) t.equal(readInstant(text), null, text)
})
