import { Type, type Static } from 'typebox'
import { TenantRules, WeekWindows, type Purpose } from './dial-question.ts'
import { policyOf, type CountryPolicy } from './policies.ts'
import { strictest } from './terms.ts'

/** What a business asks of itself, on top of what binds in every country: a day without a window has the usual one, a limit that is not named is the usual one. */
export const OwnRules = Type.Object({ ...TenantRules.properties, windows: Type.Optional(Type.Partial(WeekWindows, { additionalProperties: false })) }, { additionalProperties: false })
export type OwnRules = Static<typeof OwnRules>

type Window = WeekWindows['mon']
type Day = keyof WeekWindows
type Limit = Exclude<keyof OwnRules, 'windows'>

const DAYS = Object.keys(WeekWindows.properties) as Day[]
const LIMITS = Object.keys(TenantRules.properties).filter(name => name !== 'windows') as Limit[]

const policiesOf = (countries: readonly string[]): CountryPolicy[] => countries.map(policyOf).filter(policy => policy !== undefined)

/** The tenant's rules of one call: of each value the strictest, of the business's own and the usual ones of all countries, so that they only ever take calls away. */
export function tightened ({ windows, ...limits }: OwnRules, countries: readonly string[], purpose: Purpose): TenantRules {
  const policies = policiesOf(countries)
  if (policies.length === 0) return {} // nobody is called there
  const usual = policies.map(policy => policy.limits[purpose].usual)
  return {
    ...(Object.keys(limits).length > 0 && strictest(usual.flatMap(limit => [limit, { ...limit, ...limits }]))),
    ...(windows !== undefined && { windows: Object.fromEntries(DAYS.map(day => [day, windowOn(day, windows[day], policies)])) as WeekWindows })
  }
}

const windowOn = (day: Day, own: Window | undefined, policies: readonly CountryPolicy[]): Window =>
  [...(own === undefined ? [] : [own]), ...policies.map(({ windows }) => windows.usual[day])].reduce(inCommon)

/** Clock texts sort as the times do. */
function inCommon (a: Window, b: Window): Window {
  if (a === null || b === null) return null
  const [opens, closes] = [a[0] > b[0] ? a[0] : b[0], a[1] < b[1] ? a[1] : b[1]]
  return opens < closes ? [opens, closes] : null
}

/** A value that would have no effect, and why: whoever wrote it expects something else. `path` is in the rules, `/windows/sat`. */
export interface WithoutEffect { readonly path: string, readonly what: string }

/** The first of these rules that is looser than the usual rules of every one of the countries, for every one of the purposes; or is no window. */
export function withoutEffect ({ windows = {}, ...limits }: OwnRules, countries: readonly string[], purposes: readonly Purpose[]): WithoutEffect | undefined {
  const policies = policiesOf(countries)
  const where = countries.join(', ')
  for (const day of DAYS) {
    const own = windows[day]
    if (own === undefined || own === null) continue
    const path = `/windows/${day}`
    if (own[0] >= own[1]) return { path, what: `does not open before it closes, ${own.join('-')}` }
    const usual = policies.map(policy => policy.windows.usual[day])
    const isLooser = usual.every(window => window === null) || usual.every(window => window !== null && own[0] < window[0]) || usual.every(window => window !== null && own[1] > window[1])
    if (isLooser) return { path, what: `${own.join('-')} is wider than what is usual in ${where}, ${usual.map(window => window?.join('-') ?? 'closed').join(', ')}; it can only be narrower` }
  }
  for (const name of LIMITS) {
    const own = limits[name]
    if (own === undefined) continue
    const usual = purposes.flatMap(purpose => policies.map(policy => policy.limits[purpose].usual[name]))
    const isLooser = name === 'minGapMinutes' ? usual.every(limit => own < limit) : usual.every(limit => own > limit)
    if (isLooser) return { path: `/${name}`, what: `${own} is looser than what is usual in ${where}, ${[...new Set(usual)].join(', ')}; it can only be stricter` }
  }
}
