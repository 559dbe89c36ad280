import { Type, type Static } from 'typebox'

/** A lead that is a row already: the job is only the wish that it be looked at now. */
export const LeadJob = Type.Object({
  leadId: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' })
}, { additionalProperties: false })

/** A lead from an outside producer, complete: it is recorded as a row of the campaign before anything else is done about it. */
export const NewLeadJob = Type.Object({
  /** Of a campaign that exists. */
  campaignId: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }),
  /** E.164. */
  phone: Type.String({ pattern: '^\\+[1-9][0-9]{6,14}$' }),
  /** The account or the parcel that it is about. */
  subject: Type.String({ minLength: 1, maxLength: 64 }),
  /** Not before; ISO 8601. Without it: now. */
  dueAt: Type.Optional(Type.String({ format: 'date-time' }))
}, { additionalProperties: false })
export type NewLeadJob = Static<typeof NewLeadJob>

/** What a job of the queue `reminders` holds. Any Node program may enqueue one. */
export const ReminderJob = Type.Union([LeadJob, NewLeadJob])
export type ReminderJob = Static<typeof ReminderJob>
