import { getMenu as contract } from '@karani/agents'
import { wholeUnits } from '../whole-units.ts'
import { reading } from './tool.ts'

export const getMenu = reading(contract, async (_, call, { menu }) => {
  const items = await menu.items()
  return {
    items: items.map(({ name, priceMinor, available, modifiers }) => ({
      name,
      priceKes: wholeUnits(priceMinor),
      available,
      modifiers: modifiers.map(({ name, priceMinor }) => ({ name, priceKes: wholeUnits(priceMinor) }))
    }))
  }
})
