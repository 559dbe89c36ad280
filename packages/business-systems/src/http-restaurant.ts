import { Compile } from 'typebox/compile'
import { unavailable } from './errors.ts'
import { HttpSystem, type HttpSystemOptions } from './http-system.ts'
import { MenuCard, menuFaults, type RestaurantSystem } from './restaurant.ts'

export const MAX_MENU_BYTES = 1024 * 1024

export const MENU = Compile(MenuCard)

/** A restaurant's till behind HTTP; its URL is the menu's. @see docs/business-systems.md */
export function httpRestaurant (options: HttpSystemOptions): RestaurantSystem {
  const system = new HttpSystem(options)
  return {
    menu: async () => {
      const menu = await system.get('', MENU, MAX_MENU_BYTES)
      const [fault] = menuFaults(menu)
      if (fault !== undefined) throw unavailable('unreadable', fault)
      return menu
    }
  }
}
