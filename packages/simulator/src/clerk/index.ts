export { clerkBrain } from './clerk-brain.ts'
export { phrasesOf, tradeOf, type Trade, type Understood } from './clerks.ts'
