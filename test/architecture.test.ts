import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import ts from 'typescript'

/** Imports point one way: services -> protocol and state packages -> pure packages. The stack and the simulators stand outside. */
const PURE = new Set(['audio', 'call-model', 'agents', 'figures', 'calendar', 'calling-rules'])
const OUTSIDE = new Set(['simulator', 'local-stack'])
/** What pure code must not reach for: it is passed in. */
const IMPURE = /\b(Date\.now|performance\.now|new Date\(\)|setTimeout|setInterval|Math\.random|process\.|console\.|fetch\()|from 'node:/
/** The simulators speak the bytes on their own, so that they can catch our mistakes. */
const SIMULATOR_MAY_USE = new Set(['audio', 'speech', 'environment', 'lines'])

interface Room { kind: 'packages' | 'services', name: string, dependencies: string[], sources: Array<{ file: string, text: string }> }

const rooms: Room[] = (['packages', 'services'] as const).flatMap(kind => readdirSync(kind).map(name => {
  const manifest = JSON.parse(readFileSync(join(kind, name, 'package.json'), 'utf8')) as { dependencies?: Record<string, string> }
  const files = readdirSync(join(kind, name, 'src'), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))
  return { kind, name, dependencies: Object.keys(manifest.dependencies ?? {}), sources: files.map(file => ({ file: join(kind, name, 'src', file), text: readFileSync(join(kind, name, 'src', file), 'utf8') })) }
}))
const kindOf = new Map(rooms.map(({ kind, name }) => [name, kind]))

/** The packages that a source imports, by name: `@karani/audio`, `fastify`, `@fastify/websocket`. */
function imported (text: string): string[] {
  return ts.preProcessFile(text).importedFiles
    .map(({ fileName }) => fileName)
    .filter(name => !name.startsWith('.') && !name.startsWith('node:'))
    .map(name => name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/'))
}

for (const room of rooms) {
  t.test(`${room.kind}/${room.name} imports only downwards, and only what its package.json names`, async (t) => {
    t.ok(room.sources.length > 0)
    for (const name of room.dependencies) t.ok(room.sources.some(({ text }) => text.includes(name)), `${name}, which package.json names, is used`)
    for (const { file, text } of room.sources) {
      for (const name of imported(text)) {
        t.ok(room.dependencies.includes(name), `${file} imports ${name}, which package.json names`)
        if (!name.startsWith('@karani/')) continue
        const target = name.slice('@karani/'.length)
        t.equal(kindOf.get(target), 'packages', `${file} imports no service`)
        t.notOk(OUTSIDE.has(target) && !OUTSIDE.has(room.name), `${file} does not import ${target}, which stands outside`)
        if (PURE.has(room.name)) t.ok(PURE.has(target), `${file} is pure and imports ${target}, which is pure too`)
        if (room.name === 'simulator') t.ok(SIMULATOR_MAY_USE.has(target), `${file} does not share ${target} with the product`)
      }
      t.notMatch(text, /from '(\.\.\/){2,}(packages|services|\.\.)/, `${file} imports other rooms by name`)
      if (PURE.has(room.name)) t.notMatch(text, IMPURE, `${file} reads no clock, socket or log`)
    }
  })
}

t.test('every package is named by a reference of the root tsconfig, so that it is built and its tests are type-checked', async (t) => {
  const { references } = JSON.parse(readFileSync('tsconfig.json', 'utf8')) as { references: Array<{ path: string }> }
  t.same(references.map(({ path }) => path).sort(), rooms.map(({ kind, name }) => `${kind}/${name}`).sort())
})
