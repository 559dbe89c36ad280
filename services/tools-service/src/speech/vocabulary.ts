/** What words stand for, from rows of a meaning and the words that have it, with spaces between. */
export function vocabulary (rows: ReadonlyArray<readonly [meaning: string, words: string]>): ReadonlyMap<string, string> {
  return new Map(rows.flatMap(([meaning, words]) => words.split(' ').map((word): [string, string] => [word, meaning])))
}
