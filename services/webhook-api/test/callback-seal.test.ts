import t from 'tap'
import fc from 'fast-check'
import { CallbackSeal } from '../src/callback-seal.ts'

const callIds = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/)

t.test('what one of the secrets sealed, any service that knows it opens; what it seals fits into a URL', async (t) => {
  fc.assert(fc.property(callIds, fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 }), (callId, secrets) => {
    const sealed = new CallbackSeal(secrets.slice(0, 1)).seal(callId)
    t.match(sealed, /^[A-Za-z0-9_.-]+$/)
    t.equal(new CallbackSeal(secrets.toReversed()).open(sealed), callId)
  }))
})

t.test('a seal opens for its own call alone, and not with another secret', async (t) => {
  fc.assert(fc.property(callIds, callIds, fc.string({ minLength: 1 }), (callId, other, secret) => {
    const sealed = new CallbackSeal([secret]).seal(callId)
    const forged = sealed.replace(/^[^.]+/, other)
    t.equal(new CallbackSeal([secret]).open(forged), callId === other ? callId : undefined)
    t.equal(new CallbackSeal([`${secret}!`]).open(sealed), undefined)
  }))
})

t.test('no text that we did not seal opens', async (t) => {
  const seal = new CallbackSeal(['secret'])
  fc.assert(fc.property(fc.string(), text => { t.equal(seal.open(text), undefined) }))
})
