import createError from '@fastify/error'

/** A simulated call was asked for on a line, or a number, that the lines file does not have. */
export const LineUnknownError = createError<[string]>('SIMULATOR_LINE_UNKNOWN', "There is no line '%s'", 404)

/** A simulated call was asked for with a scenario that its line does not have. */
export const ScenarioUnknownError = createError<[string, string]>('SIMULATOR_SCENARIO_UNKNOWN', "The line '%s' has no scenario '%s'", 404)

/** A simulated call was asked for without a scenario, a text to say or a person to speak, or with several of them. */
export const CallerUnclearError = createError('SIMULATOR_CALLER_UNCLEAR', 'Choose one of scenario, say and interactive', 400)

/** A number was to answer as nobody does who is scripted. */
export const CalleeUnknownError = createError<[string]>('SIMULATOR_CALLEE_UNKNOWN', "Nobody answers as '%s'", 404)

/** The simulator knows no such call, or has forgotten it. */
export const CallUnknownError = createError<[string]>('SIMULATOR_CALL_UNKNOWN', "There is no simulated call '%s'", 404)
