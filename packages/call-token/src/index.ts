export * from './call-claims.ts'
export * from './call-token.ts'
export * from './errors.ts'
