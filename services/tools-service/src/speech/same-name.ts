/** How people are addressed: it says nothing of who they are. */
const TITLES = new Set(['mr', 'mrs', 'ms', 'miss', 'dr', 'sir', 'madam', 'mister', 'bwana', 'bibi', 'mama', 'baba', 'mzee'])

/**
 * Whether a caller has said this person's name: at least two of its words, or its only one, in any order, and no word that is not in it. So
 * a first name alone is not enough, and a list of names is not a name. Case, accents, apostrophes, titles and initials do not count.
 *
 * Words are compared as they sound to a recogniser: doubled letters, `e` and `i`, `o` and `u`, `l` and `r`, `c` and `k`, `s` and `z` are alike,
 * an `h` is silent but in `ch` and `sh`. A looser measure, such as one wrong letter, would make one of Wanjiru and Wanjiku, or Otieno and Atieno.
 */
export function isSameName (said: string, recorded: string): boolean {
  const theirs = new Set(soundsOf(recorded))
  const spoken = new Set(soundsOf(said))
  return spoken.size >= Math.min(2, theirs.size) && spoken.size > 0 && [...spoken].every(sound => theirs.has(sound))
}

const soundsOf = (name: string): string[] => wordsOf(name).filter(word => !TITLES.has(word)).map(soundOf).filter(sound => sound.length > 1)

function wordsOf (name: string): string[] {
  const letters = name.normalize('NFKD').toLowerCase().replace(/[\p{M}'’ʼ`]/gu, '')
  return letters.split(/[^\p{L}]+/u).filter(word => [...word].length > 1)
}

function soundOf (word: string): string {
  return word
    .replaceAll('ch', 'C').replaceAll('sh', 'S').replaceAll('ph', 'f').replaceAll('h', '')
    .replaceAll('ck', 'k').replace(/[cq]/g, 'k').replaceAll('z', 's').replaceAll('l', 'r')
    .replace(/[ey]/g, 'i').replace(/[ow]/g, 'u')
    .replace(/(.)\1+/gu, '$1')
}
