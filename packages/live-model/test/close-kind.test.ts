import t from 'tap'
import { closeKind } from '../src/close-kind.ts'

const table = [
  { code: 1007, reason: 'API key not valid. Please pass a valid API key.', kind: 'fatal' },
  { code: 1008, reason: "Method doesn't allow unregistered callers (callers without established identity).", kind: 'fatal' },
  { code: 1007, reason: 'User location is not supported for the API use.', kind: 'fatal' },
  { code: 1007, reason: 'Invalid JSON payload received. Unknown name "toolConfig" at \'setup\': Cannot find field.', kind: 'fatal' },
  { code: 1007, reason: 'Thinking level must be specified for this model.', kind: 'fatal' },
  { code: 1007, reason: 'realtime_input.media_chunks is deprecated. Use audio, video, or text instead.', kind: 'fatal' },
  { code: 1007, reason: 'Scheduling is not supported for this model.', kind: 'fatal' },
  { code: 1007, reason: 'Error when processing input audio, please check if the audio is in 16khz s16le mono', kind: 'fatal' },
  { code: 1008, reason: 'models/gemini-x is not found for API version v1beta, or is not supported for bidiGenerateContent', kind: 'fatal' },
  { code: 1007, reason: 'Request contains an invalid argument.', duringSetup: true, kind: 'fatal' },
  { code: 1007, reason: 'Request contains an invalid argument.', duringSetup: false, kind: 'transient' },
  { code: 1007, reason: 'Audio content type is not supported.', duringSetup: false, kind: 'transient' },
  { code: 1008, reason: 'Operation is not implemented, or supported, or enabled.', kind: 'transient' },
  { code: 1008, reason: 'Requested entity was not found.', kind: 'transient' },
  { code: 1011, reason: 'You exceeded your current quota, please check your plan and billing details.', kind: 'quota' },
  { code: 1011, reason: 'RESOURCE_EXHAUSTED', kind: 'quota' },
  { code: 1011, reason: 'Internal error encountered.', kind: 'transient' },
  { code: 1011, reason: 'The service is currently unavailable.', kind: 'transient' },
  { code: 1011, reason: 'Deadline expired before operation could complete.', kind: 'transient' },
  { code: 1000, reason: '', kind: 'transient' },
  { code: 1005, reason: '', kind: 'transient' },
  { code: 1006, reason: 'socket hang up', kind: 'transient' },
  { code: 0, reason: 'connect ECONNREFUSED 127.0.0.1:1', kind: 'transient' }
] as const

for (const { kind, ...closed } of table) {
  t.test(`${closed.code} '${closed.reason}'${'duringSetup' in closed ? `, during setup: ${closed.duringSetup},` : ''} is ${kind}`, async (t) => {
    for (const duringSetup of 'duringSetup' in closed ? [closed.duringSetup] : [true, false]) t.equal(closeKind({ ...closed, duringSetup }), kind)
  })
}
