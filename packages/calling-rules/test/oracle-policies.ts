/** What the text of the rule set says of each country, copied from there a second time. */
const US_ZONES = ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Phoenix', 'America/Los_Angeles', 'America/Anchorage', 'America/Adak', 'Pacific/Honolulu']
export const ZONES: Record<string, string[]> = { KE: ['Africa/Nairobi'], NG: ['Africa/Lagos'], GH: ['Africa/Accra'], UG: ['Africa/Kampala'], TZ: ['Africa/Dar_es_Salaam'], US: US_ZONES, GB: ['Europe/London'] }
/** From Sunday to Saturday, then holidays; hours. */
const DAYTIME = [null, [8, 18], [8, 18], [8, 18], [8, 18], [8, 18], [8, 18], null]
const TO_NINE = Array.from({ length: 8 }, () => [8, 21])
export const OUTER: Record<string, Array<number[] | null>> = {
  KE: [null, [7, 19], [7, 19], [7, 19], [7, 19], [7, 19], [7, 19], null],
  NG: TO_NINE,
  GH: DAYTIME,
  UG: DAYTIME,
  TZ: DAYTIME,
  US: TO_NINE,
  GB: [null, [8, 20], [8, 20], [8, 20], [8, 20], [8, 20], [9, 17], null]
}
/** A window that nothing is inside of. */
export const NEVER = [24, 0]
export const USUAL = [null, [8, 18], [8, 18], [8, 18], [8, 18], [8, 18], [9, 17], null]
