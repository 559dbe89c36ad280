import { XMLParser, XMLValidator } from 'fast-xml-parser'
import t from 'tap'
import fc from 'fast-check'
import { emptyDocument, hangUpDocument, sayAndDialDocument, streamDocument } from '../src/index.ts'

/** A document is well formed whatever it is given; which numbers may be dialled, other tests try. */
const ring = (...numbers: string[]) => numbers as readonly string[] as Parameters<typeof sayAndDialDocument>[0]['numbers']

const XML = '<?xml version="1.0" encoding="UTF-8"?>'
const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', parseTagValue: false, parseAttributeValue: false, trimValues: false, htmlEntities: true })
const parse = (xml: string) => {
  const verdict = XMLValidator.validate(xml)
  if (verdict !== true) throw new Error(verdict.err.msg)
  return parser.parse(xml).Response
}

t.test('a stream holds the call, hears the caller alone, and names the rate of both directions', async (t) => {
  const url = 'wss://media.karani.example/audio/tk_1?a=1&b="2"'
  const statusCallback = 'https://karani.example/voice/stream-status?call=HD_1&seal=x'
  t.equal(streamDocument({ url, statusCallback }), `${XML}<Response><Stream url="wss://media.karani.example/audio/tk_1?a=1&amp;b=&quot;2&quot;" connect="true" track="inbound_track" outputSamplingRate="16000" bidirectionalSamplingRate="16000" statusCallback="https://karani.example/voice/stream-status?call=HD_1&amp;seal=x" statusEvents="stream-started stream-stopped stream-error"/></Response>`)
  t.strictSame(parse(streamDocument({ url, statusCallback, name: 'caller' })).Stream, {
    url, name: 'caller', connect: 'true', track: 'inbound_track', outputSamplingRate: '16000', bidirectionalSamplingRate: '16000', statusCallback, statusEvents: 'stream-started stream-stopped stream-error'
  })
})

t.test('staff are rung one after the other, and then the call ends', async (t) => {
  t.equal(sayAndDialDocument({ say: 'One moment, please.', language: 'en-KE', numbers: ring('+254711222333', '+254711222334'), timeoutS: 20, callerId: '+254711000001' }),
    `${XML}<Response><Say language="en-KE">One moment, please.</Say><Dial timeout="20" callerId="+254711000001"><Number>+254711222333</Number></Dial><Dial timeout="20" callerId="+254711000001"><Number>+254711222334</Number></Dial><Hangup/></Response>`)
  t.equal(sayAndDialDocument({ say: 'Subiri.', language: 'sw-KE', numbers: ring('+254711222333'), timeoutS: 25 }),
    `${XML}<Response><Say language="sw-KE">Subiri.</Say><Dial timeout="25"><Number>+254711222333</Number></Dial><Hangup/></Response>`)
  t.equal(sayAndDialDocument({ say: 'Hold on.', language: 'en-KE', numbers: ring('+254711222333'), timeoutS: 20, otherwise: 'Nobody is free.' }),
    `${XML}<Response><Say language="en-KE">Hold on.</Say><Dial timeout="20"><Number>+254711222333</Number></Dial><Say language="en-KE">Nobody is free.</Say><Hangup/></Response>`)
})

t.test('a call that nobody can take ends after a sentence', async (t) => {
  t.equal(hangUpDocument({ say: 'This number is not in service.', language: 'en-KE' }), `${XML}<Response><Say language="en-KE">This number is not in service.</Say><Hangup/></Response>`)
})

t.test('news is answered with nothing to do', async (t) => {
  t.equal(emptyDocument(), `${XML}<Response/>`)
})

/** What is left of a text: XML 1.0 has no form for the rest. */
const legal = (text: string): string => Array.from(text).filter(character => /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]$/u.test(character)).join('')
const unit = fc.oneof(fc.constantFrom(...'&<>"\'\t\n\r\0\u0008\uD800\uDFFF\uFFFE\uFFFF]]>&amp;', '😀', 'é'), fc.integer({ min: 0, max: 0xffff }).map(code => String.fromCharCode(code)))
const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit }))

t.test('whatever the texts hold, the document is well formed and says exactly what XML can carry of them', async (t) => {
  t.doesNotThrow(() => fc.assert(fc.property(anyText, anyText, anyText, (text, url, number) => {
    const stream = parse(streamDocument({ url, statusCallback: text, name: number })).Stream
    t.strictSame([stream.url, stream.statusCallback, stream.name], [url, text, number].map(legal))
    const { Say, Dial } = parse(sayAndDialDocument({ say: text, language: 'en-KE', numbers: ring(number), timeoutS: 20, callerId: url }))
    t.strictSame([Say['#text'] ?? '', Dial.Number, Dial.callerId], [text, number, url].map(legal))
  }), { numRuns: 300 }))
})

t.test('no text becomes markup', async (t) => {
  const { Say, Dial, Hangup } = parse(sayAndDialDocument({ say: '</Say><Dial><Number>+19005550100</Number></Dial><Say>', language: 'en-KE', numbers: ring('+254711222333"/><Hangup/>'), timeoutS: 20 }))
  t.equal(Say['#text'], '</Say><Dial><Number>+19005550100</Number></Dial><Say>')
  t.equal(Dial.Number, '+254711222333"/><Hangup/>')
  t.equal(Hangup, '')
})
