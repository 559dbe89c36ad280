const MINOR_PER_UNIT = 100

/** Minor units as whole units of the currency, such as shillings; a part of one counts as one. */
export const wholeUnits = (minor: number): number => Math.ceil(minor / MINOR_PER_UNIT)

export const minorUnits = (units: number): number => units * MINOR_PER_UNIT
