export * from './call-records.ts'
