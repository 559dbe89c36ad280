/**
 * Text from a configuration or a record as it may stand inside a quoted phrase of a prompt: one line of letters, digits and
 * plain punctuation, at most `maxLength` characters. Line breaks, quotes, brackets, markup and invisible characters become a
 * space, so the text can neither leave its quotes nor pass for a line of instructions.
 */
export function oneLine (text: string, maxLength: number): string {
  const plain = text.replace(/[^\p{L}\p{M}\p{N}.,;:!?'’&()+/_-]+/gu, ' ')
  return [...plain].slice(0, maxLength).join('').trim()
}
