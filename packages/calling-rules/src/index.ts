export * from './dial-question.ts'
export * from './dial-decision.ts'
export * from './dialable-number.ts'
