import type { Line, Lines } from './lines.ts'

/** The line with this number (E.164), if it is one of ours. */
export const lineOf = ({ lines }: Lines, number: string): Line | undefined => lines.find(line => line.number === number)

/** What the business calls itself to somebody whom it rings. */
export const legalNameOf = ({ legalName, name }: Line): string => legalName ?? name

/** Who is rung when the clerk of this line cannot go on, E.164, first choice first; never empty. */
export const staffOf = ({ teams }: Lines, { team }: Line): readonly string[] => teams[team]?.numbers ?? []
