/** A transcript as the service sends it: whole, or in words to be joined as they are, all but the first with a leading space. */
export function pieces (text: string, size: 'whole' | 'words'): string[] {
  if (text === '') return []
  return size === 'whole' ? [text] : text.match(/\s*\S+(\s+$)?/g) ?? [text]
}
