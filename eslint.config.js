import neostandard, { plugins } from 'neostandard'

const typed = {
  files: ['{packages,services}/*/{src,test,examples}/**/*.ts', '{test,bench}/**/*.ts'],
  plugins: { '@typescript-eslint': plugins['typescript-eslint'].plugin },
  languageOptions: { parserOptions: { project: './tsconfig.lint.json', tsconfigRootDir: import.meta.dirname } }, // one program for all: one for each package needs more memory than there is
  rules: {
    'no-void': ['error', { allowAsStatement: true }], // a promise that nobody waits for is marked as such
    '@typescript-eslint/no-redeclare': 'off', // a schema and the type derived from it share their name
    '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafePromises: [{ from: 'package', name: 'PromiseWithSubtest', package: '@tapjs/core' }] }],
    '@typescript-eslint/no-misused-promises': 'error',
    '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }]
  }
}

const texts = [
  "MemberExpression[object.name='sql'][property.name='raw']",
  "CallExpression[callee.property.name='query'] > TemplateLiteral.arguments[expressions.length>0]",
  "CallExpression[callee.property.name='query'] > BinaryExpression.arguments"
].map(selector => ({ selector, message: 'SQL is never put together from texts: pass parameters.' }))

const brands = [
  ":matches(TSAsExpression, TSTypeAssertion) > .typeAnnotation Identifier[name='DialableNumber']"
].map(selector => ({ selector, message: 'A number is dialable because readDialableNumber says so.' }))

/** A later one of these replaces an earlier one for the same file. */
const restricted = [
  { files: ['**/*.ts'], ignores: ['packages/calling-rules/src/dialable-number.ts'], rules: { 'no-restricted-syntax': ['error', ...brands] } },
  { files: ['packages/{records,system-copies}/src/**/*.ts', 'services/*/src/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...texts, ...brands] } }
]

export default [
  ...neostandard({ ts: true, ignores: ['**/dist/**', 'data/**', '.tap/**'] }),
  typed,
  ...restricted
]
