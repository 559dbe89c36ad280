/** The value that a part `q` of all values does not exceed; NaN of nothing. */
export function quantile (values: readonly number[], q: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? NaN
}
