import pc from 'picocolors'
import type { Page } from './call-lines.ts'

const NARROWEST = 50
const WIDEST = 100
/** Where nobody says: output into a file, or a terminal without a size. */
const USUAL = 80

/** The page that standard output is now: as wide as the terminal within reason; colours as NO_COLOR and the terminal allow. */
export function terminalPage ({ columns }: { columns?: number } = process.stdout): Page {
  return { width: Math.min(WIDEST, Math.max(NARROWEST, columns || USUAL)), colors: pc.createColors(pc.isColorSupported) }
}
