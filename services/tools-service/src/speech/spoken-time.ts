import type { CalendarDay } from '@karani/records'
import type { CallTime } from './call-time.ts'
import { daysAway, spokenDay } from './spoken-day.ts'

const HOURS = ['twelve', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven']
const SAA = ['sita', 'saba', 'nane', 'tisa', 'kumi', 'kumi na moja', 'kumi na mbili', 'moja', 'mbili', 'tatu', 'nne', 'tano']

/** `2026-11-23 17:00` */
export const plainTime = ({ day, from }: CallTime): string => `${day} ${clock(from)}`

/** `tomorrow, Monday 23 November, from five in the afternoon (saa kumi na moja jioni)`: both clocks, since the spoken hour of Kiswahili is six off. */
export function spokenTime ({ day, from }: CallTime, today: CalendarDay): string {
  const away = daysAway(day, today)
  const when = away === 'today' ? 'today' : away === 'tomorrow' ? `tomorrow, ${spokenDay(day, today)}` : `on ${spokenDay(day, today)}`
  return `${when}, from ${english(from)} (${kiswahili(from)})`
}

function english (minutes: number): string {
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60]
  const name = (at: number): string => HOURS[at % 12]!
  const part = hour < 12 ? 'in the morning' : hour < 18 ? 'in the afternoon' : 'in the evening'
  if (minute === 0) return `${name(hour)} ${part}`
  return minute === 30 ? `half past ${name(hour)} ${part}` : `${clock(minutes)}`
}

function kiswahili (minutes: number): string {
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60]
  const part = hour < 12 ? 'asubuhi' : hour < 16 ? 'mchana' : hour < 19 ? 'jioni' : 'usiku'
  const past = minute === 0 ? '' : minute === 15 ? ' na robo' : minute === 30 ? ' na nusu' : ` na dakika ${minute}`
  return `saa ${SAA[hour % 12]!}${past} ${part}`
}

const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
