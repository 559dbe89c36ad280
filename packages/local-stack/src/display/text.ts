/** On one line, without control characters, which could steer the terminal. */
export const plain = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()

/** Breaks plain text at spaces into lines of at most `width` characters; a longer word is cut. */
export function wrap (text: string, width: number): string[] {
  const words = plain(text).split(' ').flatMap(word => pieces(word, width))
  const lines: string[] = []
  for (const word of words) {
    const line = lines.at(-1)
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines
}

function pieces (word: string, width: number): string[] {
  return word.length <= width ? [word] : [word.slice(0, width), ...pieces(word.slice(width), width)]
}

/** 65_000 -> `1:05` */
export function clock (ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** 640 -> `640 ms`, 12_340 -> `12.3 s` */
export function span (ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}

/** 50, 'KES' -> `KES 0.50` */
export function money (minor: number, currency: string): string {
  return `${currency} ${(minor / 100).toFixed(2)}`
}
