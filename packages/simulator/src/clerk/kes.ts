/** An amount of whole shillings as the transcript shows it; it is spoken in words. */
export function kes (amount: number): string {
  return `KES ${amount.toLocaleString('en')}`
}
