export * from './call-records.ts'
export * from './payments.ts'
export * from './kitchen.ts'
