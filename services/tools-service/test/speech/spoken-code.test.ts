import t from 'tap'
import { spokenCode } from '../../src/speech/spoken-code.ts'

const table = [
  ['TRK-427', 'TRK427'],
  ['trk427', 'TRK427'],
  ['T R K four two seven', 'TRK427'],
  ['t.r.k. 4 2 7', 'TRK427'],
  ['TRK dash four two seven', 'TRK427'],
  ['TRK four twenty-seven', 'TRK427'],
  ['TRK four twenty', 'TRK420'],
  ['TRK twenty eleven', 'TRK2011'],
  ['TRK nne mbili saba', 'TRK427'],
  ['L N one double zero one', 'LN1001'],
  ['LN one triple oh one', 'LN10001'],
  ['constructor', 'CONSTRUCTOR'],
  ['**', ''],
  ["' or 1=1 --", 'OR11']
] as const

for (const [said, code] of table) {
  t.test(`'${said}' is ${code}`, async (t) => {
    t.equal(spokenCode(said), code)
  })
}
