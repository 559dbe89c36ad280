import type { DialableNumber } from '@karani/calling-rules'
import { SAMPLE_RATE_HZ } from './media-stream.ts'
import { element, renderXml, type XmlElement } from './xml.ts'

export type SayLanguage = 'en-KE' | 'sw-KE'

export interface StreamOptions {
  /** The socket that the carrier dials, wss or, on one machine, ws. */
  readonly url: string
  /** Is told when the stream starts, stops or fails. */
  readonly statusCallback: string
  /** A label that comes back in status events. */
  readonly name?: string
}

/**
 * Answers the call and joins it to a media socket until either ends. The carrier runs nothing that follows a stream.
 *
 * - `connect` holds the leg; without it the call drops after about a second (observed in production).
 * - `inbound_track` is the caller alone; with both tracks the model would hear itself.
 * - `bidirectionalSamplingRate` is the rate of what we play; without it playback is undefined.
 */
export function streamDocument ({ url, statusCallback, name }: StreamOptions): string {
  return documentOf(element('Stream', {
    url,
    name,
    connect: true,
    track: 'inbound_track',
    outputSamplingRate: SAMPLE_RATE_HZ,
    bidirectionalSamplingRate: SAMPLE_RATE_HZ,
    statusCallback,
    statusEvents: 'stream-started stream-stopped stream-error'
  }))
}

export interface SayOptions { readonly say: string, readonly language: SayLanguage }

export interface SayAndDialOptions extends SayOptions {
  /** Rung one after the other until somebody answers. */
  readonly numbers: readonly DialableNumber[]
  /** How long each number rings. */
  readonly timeoutS: number
  /** The number that is shown to whom we ring: one of ours. */
  readonly callerId?: string
  /** Said when nobody has answered, before the call ends. */
  readonly otherwise?: string
}

/** A sentence, then people are rung. An unanswered `<Dial>` falls through to the next; when who answered hangs up, the call ends. */
export function sayAndDialDocument ({ say, language, numbers, timeoutS, callerId, otherwise }: SayAndDialOptions): string {
  const dials = numbers.map(number => element('Dial', { timeout: timeoutS, callerId }, element('Number', {}, number)))
  const last = otherwise === undefined ? [] : [sayElement(otherwise, language)]
  return documentOf(sayElement(say, language), ...dials, ...last, element('Hangup'))
}

/** A sentence, then the end of the call. */
export const hangUpDocument = ({ say, language }: SayOptions): string => documentOf(sayElement(say, language), element('Hangup'))

/** Nothing to do: the answer to news about a call. */
export const emptyDocument = (): string => documentOf()

const sayElement = (text: string, language: SayLanguage): XmlElement => element('Say', { language }, text)

const documentOf = (...actions: XmlElement[]): string => `<?xml version="1.0" encoding="UTF-8"?>${renderXml(element('Response', {}, ...actions))}`
