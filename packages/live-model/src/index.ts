export * from './live-session.ts'
export { openGeminiSession, type GeminiOptions } from './gemini-session.ts'
