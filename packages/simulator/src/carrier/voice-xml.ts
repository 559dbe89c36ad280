import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { VoiceDocumentError } from './voice-document-error.ts'

type Node = Record<string, unknown>

const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '', parseTagValue: false, parseAttributeValue: false, ignoreDeclaration: true })

/** Elements whose verb is not their name in lower case. */
const VERB_OF: Readonly<Record<string, string>> = { GetDigits: 'getDigits' }
/** XML names for what JSON calls otherwise. */
const ARGUMENT_OF: Readonly<Record<string, string>> = { maxDigits: 'numDigits', phoneNumbers: 'numbers' }

/**
 * The children of `<Response>` as actions in the JSON form, their values still text: `<Say language="en-KE">Karibu</Say>`
 * is `{ say: { language: 'en-KE', text: 'Karibu' } }`.
 * @throws VoiceDocumentError if the text is not well-formed XML with the one root Response
 */
export function readXmlActions (xml: string): Node[] {
  const wellFormed = XMLValidator.validate(xml)
  if (wellFormed !== true) throw new VoiceDocumentError('ErrMalformed', `line ${wellFormed.err.line}: ${wellFormed.err.msg}`)
  const roots = parser.parse(xml) as Node[]
  if (roots.length !== 1 || roots[0]!.Response === undefined) throw new VoiceDocumentError('ErrMalformed', 'the root is not <Response>')
  return children(roots[0]!).map(readElement)
}

function readElement (node: Node): Node {
  const tag = tagOf(node)
  if (tag === '#text') throw new VoiceDocumentError('ErrMalformed', 'text where a verb is expected')
  const attributes = (node[':@'] ?? {}) as Record<string, string>
  const renamed = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [ARGUMENT_OF[name] ?? name, value]))
  return { [VERB_OF[tag] ?? lowerFirst(tag)]: { ...renamed, ...content(tag, node, attributes) } }
}

function content (tag: string, node: Node, attributes: Record<string, string>): Node {
  switch (tag) {
    case 'Say': return { text: textOf(node) }
    case 'Play': case 'Redirect': return { url: textOf(node) }
    case 'Conference': return textOf(node) === '' ? {} : { name: textOf(node) }
    case 'GetDigits': return { nested: children(node).map(readElement) }
    case 'Dial': return attributes.phoneNumbers === undefined ? dialTargets(node) : { numbers: attributes.phoneNumbers.split(',').map(number => number.trim()) }
    default: return onlyEmpty(tag, node)
  }
}

function dialTargets (node: Node): Node {
  const targets = children(node).map(child => {
    if (tagOf(child) === 'Number') return textOf(child)
    if (tagOf(child) === '#text') return String(child['#text'])
    throw new VoiceDocumentError('ErrArgument', `<${tagOf(child)}> is not simulated inside <Dial>`)
  })
  return targets.length === 1 ? { number: targets[0] } : { numbers: targets }
}

function onlyEmpty (tag: string, node: Node): Node {
  if (children(node).length > 0) throw new VoiceDocumentError('ErrMalformed', `<${tag}> must be empty`)
  return {}
}

function children (node: Node): Node[] { return node[tagOf(node)] as Node[] }
function tagOf (node: Node): string { return Object.keys(node).find(key => key !== ':@')! }
function textOf (node: Node): string { return children(node).map(child => String(child['#text'] ?? '')).join('') }
function lowerFirst (text: string): string { return text.charAt(0).toLowerCase() + text.slice(1) }
