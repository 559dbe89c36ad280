/** The part of JSON Schema that function declarations are written in here. */
export interface JsonSchema {
  readonly type?: string
  readonly description?: string
  readonly format?: string
  readonly enum?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
}

/**
 * JSON Schema as Gemini's `parameters` take it: the OpenAPI 3.0 subset, types in upper case. Other keywords are left out,
 * above all `additionalProperties`, which closes the session. They only narrow what is accepted, and whoever carries out a
 * call checks its arguments against the whole schema.
 */
export function openApiSchema (schema: JsonSchema): object {
  const { type, description, format, enum: values, minimum, maximum, items, anyOf, properties, required } = schema
  return defined({
    type: type?.toUpperCase(),
    description,
    format,
    enum: values,
    minimum,
    maximum,
    items: items && openApiSchema(items),
    anyOf: anyOf?.map(openApiSchema),
    properties: properties && Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, openApiSchema(property)])),
    required
  })
}

const defined = (fields: Record<string, unknown>): object => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
