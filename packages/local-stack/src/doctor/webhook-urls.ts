import type { Settings } from '../stack/services.ts'

/** Where a number's calls go: with a token in the path when there is one, else to the address where only signatures count. */
export const voiceUrl = (settings: Settings): string => webhook('voice', settings)
/** Where a number's events go. */
export const eventsUrl = (settings: Settings): string => webhook('events', settings)

function webhook (name: string, { PUBLIC_URL = '', WEBHOOK_TOKENS = '' }: Settings): string {
  const [token] = WEBHOOK_TOKENS.split(',').map(token => token.trim()).filter(Boolean)
  return [PUBLIC_URL.replace(/\/+$/, ''), name, ...token === undefined ? [] : [token]].join('/')
}
