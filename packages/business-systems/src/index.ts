export * from './courier.ts'
export * from './errors.ts'
export * from './lending.ts'
export * from './restaurant.ts'
