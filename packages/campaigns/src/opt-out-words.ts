/**
 * What people write who want no more calls. The list is a floor: no regulator publishes one, and whatever it misses a person or the
 * clerk may still understand. All but the English words and the seven of the United States wait for a native speaker's review.
 */
export const OPT_OUT = {
  /** An opt-out where the message says nothing else: inside a sentence they mean something else. */
  alone: ['stop', 'stopall', 'quit', 'end', 'revoke', 'opt out', 'optout', 'cancel', 'unsubscribe'],
  /** An opt-out wherever they are. */
  phrases: {
    English: ['stop calling', 'do not call me again', 'take me off your list', 'remove my number', 'leave me alone', 'no more calls'],
    Swahili: [
      'acha kunipigia', 'acheni kunipigia', 'usinipigie tena', 'msinipigie tena', 'msinipigie simu', 'sitaki simu zenu', 'sitaki kupigiwa', 'niondoe kwenye orodha',
      'ondoa nambari yangu', 'futa namba yangu', 'sitisha simu', 'simamisha simu', 'nitoe kwenye orodha', 'jiondoe', 'msinisumbue', 'usinisumbue tena'
    ],
    Sheng: ['wachana na mimi', 'wacheni kunipigia', 'msinicall tena', 'usinicall tena', 'stop kunipigia', 'toa number yangu'],
    Pidgin: ['no call me again', 'make una no call me again', 'stop to dey call me', 'comot my number'],
    Hausa: ['kar ku sake kira na', 'ku daina kira na', 'ku cire lambata'],
    Yoruba: ['ẹ má pè mí mọ́', 'ẹ yọ nọ́mbà mi kúrò'],
    Igbo: ['akpọla m ọzọ', 'kwụsịnụ ịkpọ m'],
    Twi: ['mommfrɛ me bio', 'gyae me frɛ'],
    Luganda: ['temunkubira nate', 'mulekere awo okunkubira', 'mugyemu ennamba yange']
  }
} as const

const COURTESY = /\b(please|pls|tafadhali|thanks|thank you|asante|kindly)\b/g

/** Lower case, without accents and punctuation, words apart by one space. */
function normal (text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\bdon['’]?t\b/g, 'do not').replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
}

const ALONE: ReadonlySet<string> = new Set(OPT_OUT.alone)
const PHRASES = Object.values(OPT_OUT.phrases).flat().map(phrase => ` ${normal(phrase)} `)

/** Whether a message, such as an SMS, says that its sender wants no more calls. Pure. "Not now" and "not today" do not. */
export function isOptOut (text: string): boolean {
  const words = normal(text)
  const plain = words.replace(COURTESY, ' ').replace(/\s+/g, ' ').trim()
  return ALONE.has(plain) || PHRASES.some(phrase => ` ${words} `.includes(phrase))
}
