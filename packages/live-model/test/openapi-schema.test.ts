import fc from 'fast-check'
import t from 'tap'
import { openApiSchema, type JsonSchema } from '../src/openapi-schema.ts'

t.test('nested objects, lists and alternatives are converted throughout', async (t) => {
  const schema = {
    type: 'object',
    additionalProperties: false,
    properties: {
      items: { type: 'array', maxItems: 3, items: { type: 'object', additionalProperties: false, properties: { name: { type: 'string', enum: ['soda', 'fries'] } } } },
      when: { anyOf: [{ type: 'string', format: 'date' }, { type: 'number', minimum: 0, maximum: 6 }] }
    }
  }
  t.strictSame(openApiSchema(schema), {
    type: 'OBJECT',
    properties: {
      items: { type: 'ARRAY', items: { type: 'OBJECT', properties: { name: { type: 'STRING', enum: ['soda', 'fries'] } } } },
      when: { anyOf: [{ type: 'STRING', format: 'date' }, { type: 'NUMBER', minimum: 0, maximum: 6 }] }
    }
  })
})

t.test('an argument may be named like a keyword', async (t) => {
  t.strictSame(openApiSchema({ type: 'object', properties: { type: { type: 'string' }, additionalProperties: { type: 'boolean' } } }),
    { type: 'OBJECT', properties: { type: { type: 'STRING' }, additionalProperties: { type: 'BOOLEAN' } } })
})

t.test('whatever the schema, only known keywords and upper-case types come out', async (t) => {
  const { schema } = fc.letrec<{ schema: JsonSchema }>(tie => ({
    schema: fc.record({
      type: fc.constantFrom('object', 'string', 'integer', 'array'),
      additionalProperties: fc.boolean(),
      minLength: fc.nat(),
      items: fc.option(tie('schema'), { nil: undefined, depthSize: 'small' }),
      properties: fc.option(fc.dictionary(fc.constantFrom('amount', 'name', 'when'), tie('schema'), { maxKeys: 2 }), { nil: undefined, depthSize: 'small' })
    }, { requiredKeys: ['type'] }) as fc.Arbitrary<JsonSchema>
  }))
  fc.assert(fc.property(schema, (schema) => {
    const converted = JSON.stringify(openApiSchema(schema))
    return !/additionalProperties|minLength/.test(converted) && [...converted.matchAll(/"type":"(\w+)"/g)].every(([, type]) => type === type?.toUpperCase())
  }))
})
