import { courierScenarios } from './courier.ts'
import { supportScenarios } from './front-of-house.ts'
import { lenderScenarios } from './lender.ts'
import { restaurantScenarios } from './restaurant.ts'
import type { Scenario } from './scenario.ts'

export { callees, DEMO_CALLEES, type Callee } from './callees.ts'
export type { Scenario } from './scenario.ts'

/** All scripted callers, line by line. */
export function scenarios (): readonly Scenario[] {
  return [...lenderScenarios, ...courierScenarios, ...restaurantScenarios, ...supportScenarios]
}
