export { default, type RedisPluginOptions } from './redis.ts'
export { blockingConnection, commandConnection } from './connection.ts'
