import { lineOf, readLines } from '@karani/lines'

/** Turns a number of ours into the name of the business, as the lines file has it. */
export function businessNames (linesFile: string): (number: string) => string {
  const lines = readLines(linesFile)
  return number => lineOf(lines, number)?.name ?? 'a line that is not ours'
}
