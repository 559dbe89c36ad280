export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string | number | boolean | undefined>>
  readonly children: ReadonlyArray<XmlElement | string>
}

/** An attribute that is undefined is left out. Names are ours and are taken as they are; values may hold any text. */
export function element (name: string, attributes: XmlElement['attributes'] = {}, ...children: XmlElement['children'][number][]): XmlElement {
  return { name, attributes, children }
}

export function renderXml ({ name, attributes, children }: XmlElement): string {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined)
  const tag = [name, ...given.map(([key, value]) => `${key}="${escape(String(value))}"`)].join(' ')
  const content = children.map(child => typeof child === 'string' ? escape(child) : renderXml(child))
  return content.length === 0 ? `<${tag}/>` : `<${tag}>${content.join('')}</${name}>`
}

/** Control characters, halves of surrogate pairs and the two non-characters have no form at all in XML 1.0. */
const ILLEGAL = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

/** Line breaks and tabs as well: in an attribute a parser would turn them into spaces. */
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '\t': '&#9;', '\n': '&#10;', '\r': '&#13;' }

const escape = (text: string): string => text.replace(ILLEGAL, '').replace(/[&<>"'\t\n\r]/g, character => ENTITIES[character]!)
