export * from './callers/index.ts'
export * from './carrier/index.ts'
export * from './clerk/index.ts'
export * from './gemini/index.ts'
