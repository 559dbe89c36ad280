import t from 'tap'
import fc from 'fast-check'
import { readPhoneNumber } from '../src/index.ts'

const numbers: Array<[written: string | undefined, number: string | null]> = [
  ['+254711000001', '+254711000001'],
  ['254711000001', '+254711000001'],
  ['00254711000001', '+254711000001'],
  [' 254711000001', '+254711000001'],
  ['+254 711-000.001', '+254711000001'],
  ['+1 (415) 555-0100', '+14155550100'],
  ['anonymous', null],
  ['Restricted', null],
  ['unknown', null],
  ['', null],
  [undefined, null],
  ['+', null],
  ['0711000001', null],
  ['+0711000001', null],
  ['100', null],
  ['+2547110000012345', null],
  ['++254711000001', null],
  ['254711000001;ext=3', null],
  ['sip:+254711000001@pbx', null],
  ['+٢٥٤٧١١٠٠٠٠٠١', null]
]
for (const [written, number] of numbers) {
  t.test(`${JSON.stringify(written)} is ${number ?? 'no number'}`, async (t) => { t.equal(readPhoneNumber(written), number) })
}

t.test('whatever is written, the result is E.164 or nothing, and reading it again changes nothing', async (t) => {
  t.doesNotThrow(() => fc.assert(fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[+0 ()-]*[0-9]{5,18}$/)), (text) => {
    const number = readPhoneNumber(text)
    return number === null || (/^\+[1-9]\d{6,14}$/.test(number) && readPhoneNumber(number) === number)
  })))
})
