/** The oracle's own clocks: tables from the runtime's formatters, a quarter of an hour a place. */
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** How far a zone is ahead of UTC, in minutes, in each quarter of an hour since 2024, for ten years; 9999: not looked up yet. */
const START = Date.UTC(2024, 0)
const QUARTERS = 10 * 366 * 96
const offsets = new Map<string, Int16Array>()
const formats = new Map<string, Intl.DateTimeFormat>()
/** The instant as a clock of the zone shows it. */
export function local (t: number, zone: string): number {
  let table = offsets.get(zone)
  if (table === undefined) offsets.set(zone, table = new Int16Array(QUARTERS).fill(9999))
  const quarter = Math.floor((t - START) / (15 * MINUTE))
  if (table[quarter] === undefined) throw new RangeError('outside the table')
  if (table[quarter] === 9999) {
    let format = formats.get(zone)
    if (format === undefined) formats.set(zone, format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }))
    const begin = START + quarter * 15 * MINUTE
    table[quarter] = (Date.parse(format.format(begin).replace(' ', 'T') + 'Z') - begin) / MINUTE
  }
  return t + (table[quarter] ?? 0) * MINUTE
}
/** Counted from 1970. */
export const localDay = (t: number, zone: string): number => Math.floor(local(t, zone) / DAY)

const texts = new Map<number, string>()
export function dayText (day: number): string {
  let text = texts.get(day)
  if (text === undefined) texts.set(day, text = new Date(day * DAY).toISOString().slice(0, 10))
  return text
}
