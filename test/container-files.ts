import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

export interface Instruction { readonly keyword: string, readonly value: string }

/** What a target of the Dockerfile builds, with what it has from the stages that it begins with. */
export interface Image { readonly instructions: readonly Instruction[], readonly env: Environment }
export type Environment = Readonly<Record<string, string>>

/** The stages of a Dockerfile by name, in order. */
export function readDockerfile (file: string): Map<string, Image> {
  const stages = new Map<string, Image>()
  let name = ''
  for (const instruction of instructionsIn(readFileSync(file, 'utf8'))) {
    const { keyword, value } = instruction
    if (keyword === 'FROM') {
      const [from = '', , stage = ''] = value.split(/\s+/)
      name = stage
      stages.set(name, stages.get(from) ?? { instructions: [instruction], env: {} })
      continue
    }
    const { instructions, env } = stages.get(name)!
    stages.set(name, { instructions: [...instructions, instruction], env: keyword === 'ENV' ? { ...env, ...pairs(value) } : env })
  }
  return stages
}

function instructionsIn (text: string): Instruction[] {
  const lines = text.replace(/^#.*\n/gm, '').replace(/\\\n\s*/g, '').split('\n').filter(line => line !== '')
  return lines.map(line => {
    const [, keyword = '', value = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? []
    return { keyword, value }
  })
}

const pairs = (text: string): Environment => Object.fromEntries(text.split(/\s+/).map(pair => pair.split('=') as [string, string]))

/** What counts when an image starts: the last of its kind. */
export const lastOf = ({ instructions }: Image, keyword: string): string | undefined => instructions.findLast(instruction => instruction.keyword === keyword)?.value

export const valuesOf = ({ instructions }: Image, keyword: string): string[] => instructions.filter(instruction => instruction.keyword === keyword).map(({ value }) => value)

export interface ComposeService {
  readonly image?: string
  readonly build?: { readonly target: string }
  readonly command?: readonly string[]
  readonly environment?: Environment
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly profiles?: readonly string[]
  readonly ports?: readonly string[]
  readonly volumes?: readonly string[]
  readonly healthcheck?: object
  readonly restart?: string
  readonly read_only?: boolean
}
export interface Compose { readonly services: Readonly<Record<string, ComposeService>>, readonly volumes: Readonly<Record<string, unknown>> }

/** A compose file as it is for this environment. References are replaced in values, after YAML was read: an empty one stays a text. */
export function readCompose (file: string, env: Environment): Compose {
  const compose = parse(readFileSync(file, 'utf8'), { merge: true }) as Compose
  return JSON.parse(JSON.stringify(compose), (_, value: unknown) => typeof value === 'string' ? interpolated(value, env) : value) as Compose
}

/** The innermost `${NAME}`, `${NAME:-default}` or `${NAME:+replacement}`. Unset and empty are the same to them. */
const REFERENCE = /\$\{([A-Z_]+)(?::([-+])([^${}]*))?\}/g

export function interpolated (text: string, env: Environment): string {
  const next = text.replace(REFERENCE, (_, name: string, operator = '-', word = '') => operator === '-' ? env[name] || word : env[name] ? word : '')
  return next === text ? text : interpolated(next, env)
}

/** The variables that a compose file takes from its surroundings. */
export const variablesIn = (file: string): Set<string> => new Set([...readFileSync(file, 'utf8').matchAll(/\$\{([A-Z_]+)/g)].map(([, name = '']) => name))

export interface ExampleVariable { readonly name: string, readonly value: string, readonly comment: string, readonly isSet: boolean }

/** The variables of an example of `.env`; most are commented out. A comment is for all that follow it up to an empty line. */
export function readExample (file: string): ExampleVariable[] {
  return readFileSync(file, 'utf8').split('\n\n').flatMap(paragraph => {
    const lines = paragraph.split('\n').map(line => ({ line, variable: /^(# )?([A-Z][A-Z_]*)=(.*)$/.exec(line) }))
    const comment = lines.filter(({ variable }) => variable === null).map(({ line }) => line.replace(/^#\s*/, '')).join(' ').trim()
    return lines.flatMap(({ variable }) => variable === null ? [] : [{ name: variable[2]!, value: variable[3]!, comment, isSet: variable[1] === undefined }])
  })
}
