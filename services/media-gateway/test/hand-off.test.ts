import { resolve } from 'node:path'
import t from 'tap'
import { readLines, type Lines } from '@karani/lines'
import { HandOff } from '../src/call/hand-off.ts'
import type { ToolResult } from '../src/call/tool-desk.ts'

const file = readLines(resolve(import.meta.dirname, '../../../config/lines.json'))
const [lender] = file.lines
const CALL = { line: lender!.number, handOffUrl: 'https://karani.example/voice/handoff?call=HD_1.mac' }
const STORED: ToolResult = { outcome: 'ok', response: { output: { stored: true, callBack: true } } }
const SIGNAL = new AbortController().signal

const linesWith = (handOff: Lines['lines'][number]['handOff'], hours?: Lines['teams'][string]['hours']): Lines => ({
  ...file,
  lines: [{ ...lender!, ...(handOff !== undefined && { handOff }) }],
  teams: { collections: { numbers: ['+254711222333'], ...(hours !== undefined && { hours }) } }
})

/** What the clerk is told, and whether a person was asked for before. */
async function escalate (lines: Lines, store: () => Promise<ToolResult>, call: typeof CALL | { line: string } = CALL): Promise<{ told: ToolResult | Error, asked: number }> {
  let asked = 0
  const handOff = new HandOff(call, lines, { reachPerson: async () => { asked++ }, redirect: async () => {}, refused: () => {} })
  return { told: await handOff.escalate(store, SIGNAL).catch((err: Error) => err), asked }
}

t.test('on a line that asks for it a person is tried before the clerk is told of the promise', async (t) => {
  t.strictSame(await escalate(linesWith(['redirect']), async () => STORED), { told: STORED, asked: 1 })
})

for (const [when, lines, call] of [
  ['a line that does not ask for it', linesWith(undefined), CALL],
  ['a team that is not on duty today', linesWith(['redirect'], {}), CALL],
  ['a call that the carrier never asked a document for', linesWith(['redirect']), { line: CALL.line }]
] as const) {
  t.test(`${when}: the promise is all there is`, async (t) => {
    t.strictSame(await escalate(lines, async () => STORED, call), { told: STORED, asked: 0 })
  })
}

for (const recordedAs of ['wrong-party', 'minor']) {
  t.test(`nobody is rung for a ${recordedAs}`, async (t) => {
    t.match(await escalate(linesWith(['redirect']), async () => ({ outcome: 'ok', response: { output: { stored: true, recordedAs } } })), { asked: 0 })
  })
}

t.test('a promise that could not be stored is one more reason for a person', async (t) => {
  const { told, asked } = await escalate(linesWith(['redirect']), async () => { throw new Error('tools-service is away') })
  t.equal(asked, 1)
  t.match(told, { message: 'tools-service is away' })
})

t.test('a carrier that refuses is known to move nobody; one that fails may have', async (t) => {
  for (const [code, refusals] of [['SAUTIKIT_REFUSED', 1], ['SAUTIKIT_FAILED', 0], ['SAUTIKIT_UNREACHABLE', 0]] as const) {
    let refused = 0
    new HandOff(CALL, linesWith(['redirect']), { reachPerson: async () => {}, redirect: async () => { throw Object.assign(new Error(code), { code }) }, refused: () => { refused++ } }).redirect()
    await new Promise(setImmediate)
    t.equal(refused, refusals, code)
  }
})
