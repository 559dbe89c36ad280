import { escalate as contract } from '@karani/agents'
import { writing } from './tool.ts'

export const escalate = writing(contract, async ({ reason, summary = null }, { claims: { callId, agent, caller }, now }, { callbacks }) => {
  await callbacks.ask({ callId, agent, phone: caller, reason, summary, at: now })
  return caller === null
    ? { stored: true, callBack: false, message: 'The team has been told. Your number is hidden, so nobody can call you back: please call us again.' }
    : { stored: true, callBack: true, message: 'A person of the team will call you back on this number.' }
})
