export { FigureMonitor, SETTLE_MS, type UntrueFigure } from './figure-monitor.ts'
export type { Figure, FigureKind } from './figure.ts'
export { KnownFigures } from './known-figures.ts'
export { readFigures } from './read-figures.ts'
