import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'

const CODE = "'([A-Z]+(?:_[A-Z]+)*)'"
/** Whatever is written like a code in a file of errors is one. */
const IN_ERRORS = new RegExp(CODE, 'g')
/** Elsewhere: a field `code`, the body of a refusal, a fault that is counted, the reason why a session is given up. */
const ELSEWHERE = new RegExp(`(?:\\bcode(?: =|:)|\\benvelope\\(|(?:\\.|=> )fault\\(|\\bonMalformed\\(|#giveUp\\([^,()]+,) ?${CODE}`, 'g')
/** Codes that are made of a word of the code: how a call ended, what became of a tool call. */
const SPELT: ReadonlyArray<[file: string, word: RegExp]> = [
  ['packages/call-model/src/call-session.ts', /\bleaveWith\(.*'(model-[a-z]+)'/g],
  ['services/media-gateway/src/call/tool-desk.ts', /\bfailure\('([a-z-]+)'/g]
]

const rooms = ['packages', 'services'].flatMap(kind => readdirSync(kind).map(name => `${kind}/${name}`))

function codesOf (room: string): Set<string> {
  const files = readdirSync(`${room}/src`, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts')).map(file => join(room, 'src', file))
  return new Set(files.flatMap(file => {
    const text = readFileSync(file, 'utf8')
    const written = matches(text, file.endsWith('/errors.ts') ? IN_ERRORS : ELSEWHERE)
    const spelt = SPELT.filter(([where]) => where === file).flatMap(([, word]) => matches(text, word).map(found => found.toUpperCase().replace('-', '_')))
    return [...written, ...spelt]
  }))
}

const matches = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found = '']) => found)

interface Row { readonly code: string, readonly when: string, readonly remedy: string }

/** The rows of each section of the page; a section is named after a room. */
const documented = new Map(readFileSync('docs/errors.md', 'utf8').split(/^## /m).slice(1).map(section => {
  const rows = [...section.matchAll(/^\| `([A-Z_]+)` \|(.*)\|(.*)\|$/gm)].map(([, code = '', when = '', remedy = '']): Row => ({ code, when: when.trim(), remedy: remedy.trim() }))
  return [section.slice(0, section.indexOf('\n')), rows] as const
}))

/** A row of another room's code says no more than where it is described. */
const isReference = ({ when }: Row): boolean => when.startsWith('See `packages/')

for (const room of rooms) {
  t.test(`docs/errors.md lists the codes of ${room}, and no other`, async (t) => {
    const listed = (documented.get(room) ?? []).filter(row => !isReference(row)).map(({ code }) => code)
    t.same(listed.sort(), [...codesOf(room)].sort())
  })
}

t.test('docs/errors.md says of every code when it comes, and what to do', async (t) => {
  t.same([...documented.keys()].filter(room => !rooms.includes(room)), [])
  for (const [room, rows] of documented) {
    for (const row of rows) {
      const { code, when, remedy } = row
      if (isReference(row)) t.ok(documented.get(/`(packages\/[\w-]+)`/.exec(when)![1]!)?.some(other => other.code === code), `${room}: ${code} is described there`)
      else t.ok(when.length > 10 && remedy.length > 5, `${room}: ${code}`)
    }
  }
})
