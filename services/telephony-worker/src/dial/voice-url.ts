/** Where the carrier asks what to do with a call once it is answered: with a token in the path where there is one, else to the address where only signatures count. */
export function voiceUrl (publicUrl: string, tokens: readonly string[]): string {
  return [publicUrl.replace(/\/+$/, ''), 'voice', ...tokens.slice(0, 1)].join('/')
}
