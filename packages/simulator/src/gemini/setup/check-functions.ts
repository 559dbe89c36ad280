import { Type } from 'typebox'
import type { FunctionDeclaration, Tool } from '../messages/content-schemas.ts'
import type { DeclaredTool } from '../brain.ts'
import type { ModelRules } from './model-rules.ts'
import { fieldPath, readMessage } from '../messages/read-message.ts'
import { invalid } from '../messages/refusal.ts'
import { Int64 } from './setup-schema.ts'

const MAX_FUNCTIONS = 512

/** One level of the subset of OpenAPI 3.0 that `parameters` is written in; `additionalProperties` is not part of it. */
const ParameterSchema = Type.Object({
  type: Type.Optional(Type.Enum(['STRING', 'NUMBER', 'INTEGER', 'BOOLEAN', 'ARRAY', 'OBJECT', 'NULL'])),
  format: Type.Optional(Type.String()),
  title: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  nullable: Type.Optional(Type.Boolean()),
  default: Type.Optional(Type.Unknown()),
  example: Type.Optional(Type.Unknown()),
  enum: Type.Optional(Type.Array(Type.String())),
  items: Type.Optional(Type.Unknown()),
  anyOf: Type.Optional(Type.Array(Type.Unknown())),
  properties: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  propertyOrdering: Type.Optional(Type.Array(Type.String())),
  required: Type.Optional(Type.Array(Type.String())),
  minItems: Type.Optional(Int64),
  maxItems: Type.Optional(Int64),
  minProperties: Type.Optional(Int64),
  maxProperties: Type.Optional(Int64),
  minLength: Type.Optional(Int64),
  maxLength: Type.Optional(Int64),
  minimum: Type.Optional(Type.Number()),
  maximum: Type.Optional(Type.Number()),
  pattern: Type.Optional(Type.String())
})

/**
 * The functions among `tools`, each with the behavior that will apply.
 * @throws Refusal 1007 when a declaration breaks a rule of the API or of the model
 */
export function checkFunctions (tools: readonly Tool[], rules: ModelRules, path: string): DeclaredTool[] {
  const declared = new Map<string, DeclaredTool>()
  tools.forEach((tool, n) => tool.functionDeclarations?.forEach((declaration, m) => {
    const at = `${path}[${n}].function_declarations[${m}]`
    const checked = checkFunction(declaration, rules, at)
    if (declared.has(checked.name)) throw invalid(`Duplicate function declaration found: ${checked.name}`)
    declared.set(checked.name, checked)
  }))
  if (declared.size > MAX_FUNCTIONS) throw invalid(`At most ${MAX_FUNCTIONS} function declarations are allowed.`)
  return [...declared.values()]
}

function checkFunction (declaration: FunctionDeclaration, rules: ModelRules, path: string): DeclaredTool {
  const { name = '', description = '', behavior = rules.behaviors[0] } = declaration
  if (!/^[A-Za-z_][A-Za-z0-9_.:-]{0,127}$/.test(name)) throw invalid(`Invalid function name at '${path}.name'. Must start with a letter or an underscore.`)
  if (!rules.behaviors.includes(behavior)) throw invalid(`Function behavior ${behavior} is not supported for this model.`)
  for (const [schema, jsonSchema] of [['parameters', 'parametersJsonSchema'], ['response', 'responseJsonSchema']] as const) {
    if (declaration[schema] === undefined) continue
    if (declaration[jsonSchema] !== undefined) throw invalid(`Only one of ${schema} and ${jsonSchema} may be set at '${path}'.`)
    checkParameters(declaration[schema], fieldPath(path, schema))
  }
  return { name, description, behavior }
}

function checkParameters (value: unknown, path: string): void {
  const schema = readMessage(ParameterSchema, value, path)
  const { properties = {}, items, anyOf = [], required = [] } = schema
  if (schema.type === undefined && anyOf.length === 0) throw invalid(`Invalid schema at '${path}': type is missing.`)
  for (const [name, property] of Object.entries(properties)) checkParameters(property, `${path}.properties[${name}]`)
  if (items !== undefined) checkParameters(items, `${path}.items`)
  anyOf.forEach((option, n) => checkParameters(option, `${path}.any_of[${n}]`))
  for (const name of required) {
    if (!Object.hasOwn(properties, name)) throw invalid(`Invalid schema at '${path}': required property '${name}' is not defined.`)
  }
}
