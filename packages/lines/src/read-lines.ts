import { readFileSync } from 'node:fs'
import { Pointer, Value } from 'typebox/value'
import { ConfigError } from '@karani/environment'
import { callingFault } from './calling.ts'
import { Lines } from './lines.ts'

/**
 * Reads and checks the lines file; the result is frozen all the way down.
 * @throws ConfigError that names the file and, in it, the place
 */
export function readLines (file: string): Lines {
  const lines = parse(file)
  if (!Value.Check(Lines, lines)) {
    const { instancePath, message } = Value.Errors(Lines, lines).find(({ keyword }) => keyword !== 'boolean')! // an unknown field is 'boolean' too: 'schema is false'
    throw faultAt(file, instancePath, message + valueAt(lines, instancePath))
  }
  const contradiction = findContradiction(lines)
  if (contradiction !== undefined) throw faultAt(file, ...contradiction)
  return freeze(lines)
}

function parse (file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (err) {
    const why = err instanceof SyntaxError ? `is not JSON: ${err.message.replace(/\s+/g, ' ')}` : 'cannot be read'
    throw new ConfigError(`LINES_FILE: ${file} ${why}; correct it, or name another file`, { cause: err })
  }
}

/** Of calling rules, which are no secret; elsewhere there are people's numbers. */
function valueAt (lines: unknown, path: string): string {
  return /^\/lines\/\d+\/calling\//.test(path) ? `, not ${JSON.stringify(Pointer.Get(lines, path))}` : ''
}

/** What the schema cannot say: one line per number, each line's team exists, and calling rules have an effect. */
function findContradiction (file: Lines): [path: string, what: string] | undefined {
  const { lines, teams } = file
  for (const [index, line] of lines.entries()) {
    const { number, team } = line
    if (lines.findIndex(line => line.number === number) < index) return [`/lines/${index}/number`, `is the number of another line, ${number}`]
    if (!Object.hasOwn(teams, team)) return [`/lines/${index}/team`, `names no team of the file, '${team}'`]
    const fault = callingFault(file, line)
    if (fault !== undefined) return [`/lines/${index}${fault[0]}`, fault[1]]
  }
}

const faultAt = (file: string, path: string, what: string): ConfigError => new ConfigError(`LINES_FILE: ${file}, at ${path || '/'}: ${what}; correct the file`)

function freeze<T> (value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze)
  return value
}
