import t from 'tap'
import fc from 'fast-check'
import { plainText, plainValues } from '../../src/speech/plain-text.ts'

t.test('control, invisible and broken characters are gone, and the text is one line of bounded length', async () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 1, max: 100 }), (text, maxLength) => {
    const plain = plainText(text, maxLength)
    return !/\p{C}/u.test(plain) && [...plain].length <= maxLength
  }), { numRuns: 1_000 })
})

t.test('what people write stays as it is', async (t) => {
  for (const text of ["Wanjirũ Ng'ang'a", 'Lipa na M-Pesa, 🙂', 'KES 2,000']) t.equal(plainText(text), text)
  t.equal(plainText('one\r\n\u0000\u202etwo\ud800'), 'one two')
})

t.test('texts are made plain however deep they lie', async (t) => {
  t.strictSame(plainValues({ a: ['x\ny', { b: ' z ' }], n: 1, no: null, yes: true }), { a: ['x y', { b: 'z' }], n: 1, no: null, yes: true })
})
