import { getTotal as contract } from '@karani/agents'
import { callersCart, summary } from './order-in-the-making.ts'
import { reading } from './tool.ts'

export const getTotal = reading(contract, async (_, call, readings) => {
  const { cart } = await callersCart(call, readings)
  return cart === undefined ? { items: [], totalKes: 0 } : summary(cart.lines, await readings.menu.items())
})
