export { default } from './health.ts'
export type { ReadinessCheck } from './readiness.ts'
export { Counter, Gauge, Histogram } from 'prom-client'
