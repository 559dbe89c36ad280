import t from 'tap'
import { readCallRequest } from '../src/calls/call-wish.ts'

t.test('what is asked of npm run call', async t => {
  t.same(readCallRequest(['--list'], false), { do: 'list' })
  t.same(readCallRequest(['--line', 'courier', '--scenario', 'track'], false), { do: 'call', wish: { line: 'courier', scenario: 'track' } })
  t.same(readCallRequest(['--say', 'hello', '--from', '+254722000001', '--to', '+254711000001'], true), { do: 'call', wish: { line: 'lender', say: 'hello', from: '+254722000001', to: '+254711000001' } })
  t.same(readCallRequest([], true), { do: 'converse', wish: { line: 'lender', interactive: true } })
  t.same(readCallRequest(['--interactive', '--line', 'support'], false), { do: 'converse', wish: { line: 'support', interactive: true } })
})

t.test('who contradicts themselves, or has nobody to speak, is told so', async t => {
  t.throws(() => readCallRequest(['--say', 'hello', '--scenario', 'track'], true), { code: 'USAGE' })
  t.throws(() => readCallRequest(['--interactive', '--scenario', 'track'], true), { code: 'USAGE' })
  t.throws(() => readCallRequest(['--line', 'courier'], false), { code: 'USAGE', message: /--list/ })
  t.throws(() => readCallRequest(['--unknown'], true), { code: /^ERR_PARSE_ARGS/ })
})
