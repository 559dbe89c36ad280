export * from './check-courier.ts'
export * from './check-lending.ts'
export * from './check-restaurant.ts'
export type { Check } from './report.ts'
