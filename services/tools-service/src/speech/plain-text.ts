export { plainText, plainValues } from '@karani/agents'
