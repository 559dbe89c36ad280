export * from './calendar-day.ts'
export * from './time-zone.ts'
export * from './written-instant.ts'
