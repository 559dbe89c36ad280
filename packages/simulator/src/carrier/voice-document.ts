import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import type { CarrierBehaviour } from './carrier-behaviour.ts'
import { VERBS, type Verb, type VerbName, type VerbOf } from './voice-actions.ts'
import { VoiceDocumentError } from './voice-document-error.ts'
import { readXmlActions } from './voice-xml.ts'

/** The most actions one document may have. */
const MAX_ACTIONS = 50

type Rules = Pick<CarrierBehaviour, 'jsonStream' | 'streamScheme' | 'trackAndRateRequired'>

/**
 * The actions of a voice webhook's reply: XML, or JSON `{ "actions": [...] }`, by its content type.
 * @throws VoiceDocumentError naming what is wrong: stricter than the carrier, which hands XML on unvalidated
 */
export function readVoiceDocument (contentType: string, body: string, rules: Rules): Verb[] {
  const mediaType = contentType.split(';')[0]!.trim().toLowerCase()
  if (mediaType === 'application/json') return checked(readJsonActions(body).map(action => readAction(action, rules, 'json')), rules)
  if (mediaType === 'application/xml' || mediaType === 'text/xml') return checked(readXmlActions(body).map(action => readAction(action, rules, 'xml')), rules)
  throw new VoiceDocumentError('ErrContentType', `'${mediaType}' is neither XML nor JSON`)
}

function readJsonActions (body: string): unknown[] {
  let document: unknown
  try {
    document = JSON.parse(body)
  } catch (err) {
    throw new VoiceDocumentError('ErrMalformed', 'the document is not JSON', { cause: err })
  }
  const actions = (document as { actions?: unknown } | null)?.actions
  if (!Array.isArray(actions)) throw new VoiceDocumentError('ErrMalformed', "the document has no array 'actions'")
  return actions
}

function readAction (action: unknown, rules: Rules, form: 'json' | 'xml'): Verb {
  const keys = typeof action === 'object' && action !== null ? Object.keys(action) : []
  if (keys.length !== 1) throw new VoiceDocumentError('ErrOneVerb', `an action has exactly one verb, not ${keys.length}`)
  const name = keys[0]!
  if (!Object.hasOwn(VERBS, name)) throw new VoiceDocumentError('ErrUnknownVerb', `'${name}' is no verb of this carrier`)
  const verb = name as VerbName
  const schema: TSchema = VERBS[verb]
  const written = (action as Record<string, unknown>)[verb]
  const given = form === 'xml' ? Value.Convert(schema, written) : written
  if (!Value.Check(schema, given)) {
    const [first] = Value.Errors(schema, given)
    throw new VoiceDocumentError(verb === 'getDigits' && first?.instancePath.startsWith('/nested') === true ? 'ErrGetDigitsNested' : 'ErrArgument', `${verb}${first?.instancePath ?? ''}: ${first?.message ?? 'invalid'}`)
  }
  if (verb === 'stream' && form === 'json' && !rules.jsonStream) throw new VoiceDocumentError('ErrUnknownVerb', 'stream is an XML verb')
  return { verb, ...given as object } as Verb
}

function checked (verbs: Verb[], rules: Rules): Verb[] {
  if (verbs.length > MAX_ACTIONS) throw new VoiceDocumentError('ErrTooManyActions', `${verbs.length} actions, at most ${MAX_ACTIONS} are allowed`)
  for (const verb of verbs) {
    if (verb.verb === 'dial') checkDial(verb)
    if (verb.verb === 'stream') checkStream(verb, rules)
  }
  return verbs
}

function checkDial ({ number, numbers }: VerbOf<'dial'>): void {
  if (number !== undefined && numbers !== undefined) throw new VoiceDocumentError('ErrDialNumberNumbers', 'dial takes number or numbers, not both')
  if (number === undefined && numbers === undefined) throw new VoiceDocumentError('ErrDialTargetXOR', 'dial takes one of number and numbers')
}

function checkStream ({ url, track, outputSamplingRate, headerMetadata }: VerbOf<'stream'>, rules: Rules): void {
  if (rules.streamScheme === 'wss' && !url.startsWith('wss:')) throw new VoiceDocumentError('ErrArgument', 'stream/url: must begin with wss:')
  if (rules.trackAndRateRequired && (track === undefined || outputSamplingRate === undefined)) throw new VoiceDocumentError('ErrArgument', 'stream: must have track and outputSamplingRate')
  if (headerMetadata !== undefined && !isFlatJson(headerMetadata)) throw new VoiceDocumentError('ErrArgument', 'stream/headerMetadata: must be a flat JSON object')
}

function isFlatJson (text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(item => typeof item !== 'object')
  } catch {
    return false
  }
}
