import { getTotal as contract } from '@karani/agents'
import { reading } from './tool.ts'

/** The restaurant takes no orders by itself, so the order of a call is empty. */
export const getTotal = reading(contract, async () => ({ items: [], totalKes: 0 }))
