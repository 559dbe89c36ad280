import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { deliveryServiceOf, lineOf, readLines, staffOf, type Lines } from '../src/index.ts'

const FILE = fileURLToPath(new URL('../../../config/lines.json', import.meta.url))
const valid = (): any => JSON.parse(readFileSync(FILE, 'utf8'))

function write (t: Test, text: string): string {
  const file = join(t.testdir(), 'lines.json')
  writeFileSync(file, text)
  return file
}

t.test('the lines of the project are read', async (t) => {
  t.strictSame(readLines(FILE), valid())
})

t.test('a line is found by its number, and a number that is not ours is none', async (t) => {
  const lines = readLines(FILE)
  t.match(lineOf(lines, '+254711000002'), { agent: 'courier', name: 'Swala Couriers' })
  t.equal(lineOf(lines, '+254711999999'), undefined)
  t.equal(lineOf(lines, ''), undefined)
})

t.test('the staff of a line are rung in the order of the file', async (t) => {
  const lines = readLines(FILE)
  t.strictSame(staffOf(lines, lineOf(lines, '+254711000001')!), ['+254711222333', '+254711222334'])
})

t.test('when parcels are brought is told by the file, or promised with care', async (t) => {
  const { delivery: _, ...silent } = valid()
  t.strictSame(deliveryServiceOf(readLines(FILE)), { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'], cutOff: '16:00', maxDaysAhead: 14 })
  t.strictSame(deliveryServiceOf(readLines(write(t, JSON.stringify(silent)))), { days: ['mon', 'tue', 'wed', 'thu', 'fri'], cutOff: '12:00', maxDaysAhead: 7 })
})

t.test('nobody can change the lines of a running service', async (t) => {
  const lines = readLines(FILE)
  t.throws(() => { lines.lines[0]!.agent = 'support' }, TypeError)
  t.throws(() => { lines.teams['kitchen']!.numbers.push('+254700000009') }, TypeError)
  t.throws(() => { lines.rates.streamPerMinuteMinor = 0 }, TypeError)
})

const faults: Array<[what: string, path: string, break_: (lines: any) => unknown]> = [
  ['a number without its country code', '/lines/0/number', ({ lines }) => { lines[0].number = '0711000001' }],
  ['a number without a plus', '/lines/1/number', ({ lines }) => { lines[1].number = '254711000002' }],
  ['two lines with one number', '/lines/3/number', ({ lines }) => { lines[3].number = lines[0].number }],
  ['an agent that does not exist', '/lines/0/agent', ({ lines }) => { lines[0].agent = 'banker' }],
  ['a language that no clerk speaks', '/lines/0/language', ({ lines }) => { lines[0].language = 'fr-FR' }],
  ['a business without a name', '/lines/2/name', ({ lines }) => { lines[2].name = '' }],
  ['a team that does not exist', '/lines/0/team', ({ lines }) => { lines[0].team = 'sales' }],
  ['a team that only every object has', '/lines/0/team', ({ lines }) => { lines[0].team = 'constructor' }],
  ['a field that nobody reads', '/lines/0', ({ lines }) => { lines[0].langauge = 'en-KE' }],
  ['no line at all', '/lines', (file) => { file.lines = [] }],
  ['a team of nobody', '/teams/kitchen/numbers', ({ teams }) => { teams.kitchen.numbers = [] }],
  ['a member of staff without a number', '/teams/kitchen/numbers/0', ({ teams }) => { teams.kitchen.numbers = ['Wanjiku'] }],
  ['a zone that does not exist', '/timeZone', (file) => { file.timeZone = 'Africa/Kisumu' }],
  ['an offset in place of a zone', '/timeZone', (file) => { file.timeZone = '+03:00' }],
  ['a country that does not exist', '/country', (file) => { file.country = 'QX' }],
  ['a country in words', '/country', (file) => { file.country = 'Kenya' }],
  ['a currency that does not exist', '/currency', (file) => { file.currency = 'KSH' }],
  ['a price that is not in whole minor units', '/rates/streamPerMinuteMinor', ({ rates }) => { rates.streamPerMinuteMinor = 0.5 }],
  ['no day on which parcels are brought', '/delivery/days', ({ delivery }) => { delivery.days = [] }],
  ['a weekday that does not exist', '/delivery/days/0', ({ delivery }) => { delivery.days = ['ijumaa'] }],
  ['a weekday named twice', '/delivery/days', ({ delivery }) => { delivery.days = ['mon', 'mon'] }],
  ['a cut-off that is no time of the day', '/delivery/cutOff', ({ delivery }) => { delivery.cutOff = '24:00' }],
  ['a horizon that may hold no day at all', '/delivery/maxDaysAhead', ({ delivery }) => { delivery.maxDaysAhead = 6 }],
  ['no prices', '/', (file) => { delete file.rates }]
]
for (const [what, path, break_] of faults) {
  t.test(`${what} is refused, and the message says where`, async (t) => {
    const lines = valid() as Lines
    break_(lines)
    const file = write(t, JSON.stringify(lines))
    const err = t.throws(() => readLines(file), { code: 'CONFIG_INVALID' }) as Error
    t.ok(err.message.startsWith(`LINES_FILE: ${file}, at ${path}: `), err.message)
  })
}

t.test('a file that is missing, or is not JSON, is told in one line', async (t) => {
  const missing = t.throws(() => readLines('/nowhere/lines.json'), { code: 'CONFIG_INVALID' }) as Error
  t.match(missing.message, /^LINES_FILE: \/nowhere\/lines\.json cannot be read; .+$/)
  const broken = t.throws(() => readLines(write(t, '{\n "country":\n')), { code: 'CONFIG_INVALID' }) as Error
  t.match(broken.message, /^LINES_FILE: .+ is not JSON: .+$/)
  for (const text of ['null', '[]', '"KE"']) t.throws(() => readLines(write(t, text)), { code: 'CONFIG_INVALID' })
})
