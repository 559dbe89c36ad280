export * from './reminder-job.ts'
export * from './reminders-queue.ts'
