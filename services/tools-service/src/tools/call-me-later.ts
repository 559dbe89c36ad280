import { callMeLater as contract } from '@karani/agents'
import { addDays, instantAt, startOfDay } from '@karani/records'
import { localTimeAt } from '../courier/delivery-days.ts'
import { DayOutOfRangeError, NumberHiddenError, TimeNotUnderstoodError } from '../errors.ts'
import { lawfulTime } from '../speech/calling-hours.ts'
import { readCallTime } from '../speech/call-time.ts'
import { plainTime, spokenTime } from '../speech/spoken-time.ts'
import { spokenDay } from '../speech/spoken-day.ts'
import { writing, type ToolCall } from './tool.ts'

/** A call that somebody asked for is no surprise to them for so long. */
const MAX_DAYS_AHEAD = 7

/** Anybody may say when the number that they speak from is to be called, or not. Only hours at which we may call are promised; for others the next one is offered. */
export const callMeLater = writing(contract, async ({ wish = 'call', when }, call, { callTimes }) => {
  const { claims: { callId, caller: phone }, now: at, timeZone } = call
  if (phone === null) throw new NumberHiddenError()
  const { today } = localTimeAt(at, timeZone)
  if (wish === 'not-now') {
    await callTimes.ask({ phone, kind: 'not-then', startsAt: at, endsAt: startOfDay(addDays(today, 1), timeZone), callId, at })
    return { recorded: true, message: 'We will not call this number again today.' }
  }
  const { time, isAsAsked } = understood(when, call)
  const message = spokenTime(time, today)
  if (!isAsAsked) return { recorded: false, offer: plainTime(time), message: `We may not call at that time. We can call ${message}. Would that do?` }
  await callTimes.ask({ phone, kind: 'callback', startsAt: instantAt(time.day, time.from, timeZone), endsAt: instantAt(time.day, time.to, timeZone), callId, at })
  return { recorded: true, callAt: plainTime(time), message: `I will have you called ${message}.` }
})

function understood (when: string | undefined, { now, timeZone }: ToolCall): ReturnType<typeof lawfulTime> {
  const local = localTimeAt(now, timeZone)
  const wished = when === undefined ? null : readCallTime(when, local)
  if (wished === null) throw new TimeNotUnderstoodError()
  const found = lawfulTime(wished, local)
  const lastDay = addDays(local.today, MAX_DAYS_AHEAD)
  if (found.time.day > lastDay) throw new DayOutOfRangeError(spokenDay(lastDay, local.today))
  return found
}
