import createError from '@fastify/error'

/** No Redis server on the PATH, and none could be fetched. */
export const RedisUnavailableError = createError('REDIS_UNAVAILABLE', 'No Redis here: %s. Install redis-server (Debian: apt install redis-server, macOS: brew install redis), or set REDIS_URL')

/** The PostgreSQL that npm brings cannot run on this machine. */
export const PostgresUnavailableError = createError('POSTGRES_UNAVAILABLE', 'No PostgreSQL here: %s. Set DATABASE_URL to use another server')

/** A server or a service ended, or stayed silent, before it was ready. */
export const ChildNotReadyError = createError('CHILD_NOT_READY', '%s %s%s')

/** The data folder belongs to another stack that is alive. */
export const FolderInUseError = createError('FOLDER_IN_USE', '%s is in use by process %s (%s). Stop it, or choose another folder with DATA_DIR')

/** A port that the stack needs is held by another program. */
export const PortTakenError = createError<[port: string, purpose: string, holder: string, remedy: string]>('PORT_TAKEN', 'Port %s, for %s, is taken by %s. End that program, or choose another port, for example with %s')

/** `npm run call` found no running stack. */
export const NoStackError = createError('NO_STACK', 'No stack is running here. Start one with: npm start')

/** The simulator refused a call, or does not answer. */
export const CallNotPlacedError = createError('CALL_NOT_PLACED', 'The simulator did not place the call: %s')

/** A part of the running stack ended by itself. */
export const StackBrokenError = createError('STACK_BROKEN', '%s ended (%s); the stack stops.%s')

/** The words after a command contradict each other, or say too little. */
export const UsageError = createError('USAGE', 'Please %s')
