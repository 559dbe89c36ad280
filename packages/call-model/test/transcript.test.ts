import t from 'tap'
import { callCostMinor, Transcript } from '@karani/call-model'

t.test('fragments become one turn a speaker, in the order of the conversation', async (t) => {
  const transcript = new Transcript()
  for (const piece of ['What', ' is my', ' balance?']) transcript.caller(piece)
  t.same(transcript.endCallerTurn(), [{ speaker: 'caller', text: 'What is my balance?', cut: false }])
  transcript.clerk('May I have ')
  transcript.clerk('the last four digits')
  t.same(transcript.endClerkTurn(true), [{ speaker: 'clerk', text: 'May I have the last four digits', cut: true }])
  t.same(transcript.endClerkTurn(false), [], 'an empty turn is no turn')
})

t.test('a caller fragment that arrives after the clerk began still comes first', async (t) => {
  const transcript = new Transcript()
  transcript.clerk('Yes.')
  transcript.caller('Are you open?')
  t.same(transcript.endClerkTurn(false).map(turn => turn.speaker), ['caller', 'clerk'])
})

t.test('a call costs by the second, streaming on top, rounded up to whole cents', async (t) => {
  const rates = { inboundPerMinuteMinor: 0, outboundPerMinuteMinor: 300, streamPerMinuteMinor: 50 }
  t.equal(callCostMinor('inbound', 60_000, rates), 50)
  t.equal(callCostMinor('outbound', 90_500, rates), 531)
  t.equal(callCostMinor('inbound', 0, rates), 0)
})
