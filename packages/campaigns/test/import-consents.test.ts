import t from 'tap'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { consentRows, importConsents, objectRows, rehearseCampaign, type CampaignRowsError } from '../src/index.ts'
import { readConsentRow } from '../src/consent-rows.ts'
import { demoDatabase, fromCsv, request } from './helper.ts'

const { records, client } = await demoDatabase(t)
t.beforeEach(() => client.query('delete from dialling.consents; truncate dialling.campaigns cascade'))

const HEADING = 'phone,purpose,basis,given_at,channel,evidence,accountId,expires_at,withdrawn_at\n'
const row = (fields: { phone?: string, purpose?: string, basis?: string, given?: string, channel?: string, evidence?: string, accountId?: string, expires?: string, withdrawn?: string } = {}): string => {
  const { phone = '+254712345678', purpose = 'reminder', basis = 'consent', given = '2026-01-05T10:00:00+03:00', channel = 'paper', evidence = 'branch 4, folder 12', accountId = '', expires = '', withdrawn = '' } = fields
  return `${phone},${purpose},${basis},${given},${channel},"${evidence}",${accountId},${expires},${withdrawn}\n`
}
const withdrawal = (withdrawn: string, fields: Parameters<typeof row>[0] = {}): string => row({ basis: '', given: '', channel: '', evidence: '', withdrawn, ...fields })
const take = async (...rows: string[]) => await importConsents(records, consentRows(Readable.from([HEADING, ...rows])))
const faultsOf = async (work: Promise<unknown>) => await work.then(() => [], (err: CampaignRowsError) => err.faults.map(({ line, fault, message }) => [line, fault, message]))
const consents = async () => (await client.query('select phone, subject, purpose, basis, channel, evidence, given_at, expires_at, withdrawn_at from dialling.consents order by phone, given_at, subject')).rows
const mayBeListed = async () => await fromCsv(records, 'accountId,phone\nLN-1001,+254712345678\n').then(() => true, () => false)

t.test('a consent is recorded with its evidence, and who gave it may be on a list', async (t) => {
  t.equal(await mayBeListed(), false)
  t.same(await take(row({ phone: '254 712 345 678' })), { rows: 1, given: 1, withdrawn: 0, stopped: 0 })
  t.match(await consents(), [{ phone: '+254712345678', subject: null, purpose: 'reminder', basis: 'consent', channel: 'paper', evidence: 'branch 4, folder 12', given_at: new Date('2026-01-05T07:00:00Z'), withdrawn_at: null }])
  t.equal(await mayBeListed(), true)
})

t.test('the same list again changes nothing, also one after another at once', async (t) => {
  const list = [row(), row(), row({ accountId: 'LN-1001', expires: '2030-01-01T00:00:00Z' }), row({ purpose: 'collection' })]
  const taken = await Promise.all(Array.from({ length: 8 }, () => take(...list)))
  t.equal(taken.reduce((sum, { given }) => sum + given, 0), 3)
  const before = await consents()
  t.same(await take(...list), { rows: 4, given: 0, withdrawn: 0, stopped: 0 })
  t.same(await consents(), before)
})

t.test('a withdrawal ends what was given before it, and importing the first list again does not bring it back', async (t) => {
  await take(row(), row({ accountId: 'LN-1001', given: '2026-02-01T10:00:00+03:00' }), row({ purpose: 'collection' }))
  t.same(await take(withdrawal('2026-03-01T10:00:00+03:00')), { rows: 1, given: 0, withdrawn: 2, stopped: 0 })
  t.equal(await mayBeListed(), false)
  t.same(await take(row(), withdrawal('2026-03-01T10:00:00+03:00')), { rows: 2, given: 0, withdrawn: 0, stopped: 0 })
  t.same(await take(row({ given: '2026-02-15T10:00:00+03:00' })), { rows: 1, given: 1, withdrawn: 0, stopped: 0 })
  t.equal(await mayBeListed(), false, 'the last word counts')
  await take(row({ given: '2026-03-02T10:00:00+03:00' }))
  t.equal(await mayBeListed(), true)
})

t.test('a withdrawal may stand before its consent in the list, or beside it, and of one account ends that one alone', async (t) => {
  t.same(await take(withdrawal('2026-03-01T10:00:00Z'), row(), row({ accountId: 'LN-1001', purpose: 'collection', withdrawn: '2026-04-01T10:00:00Z' })), { rows: 3, given: 2, withdrawn: 2, stopped: 0 })
  await take(row({ phone: '+254722000002', accountId: 'LN-1' }), row({ phone: '+254722000002', accountId: 'LN-2' }), withdrawal('2026-03-01T10:00:00Z', { phone: '+254722000002', accountId: 'LN-1' }))
  t.match((await consents()).filter(({ phone }) => phone === '+254722000002'), [{ subject: 'LN-1', withdrawn_at: Date }, { subject: 'LN-2', withdrawn_at: null }])
})

t.test('a consent that has run out counts no more', async (t) => {
  await take(row({ expires: '2026-01-06T10:00:00+03:00' }))
  t.equal(await mayBeListed(), false)
  const seen: unknown[] = []
  await rehearseCampaign(records, request({ withoutConsent: 'refuse' }), objectRows([{ accountId: 'LN-1001', phone: '+254712345678' }]), ({ consents }) => {
    seen.push(consents.length)
    return { question: {} as never, decision: { verdict: 'never', reason: 'no-consent', policyVersion: 't' } }
  }, () => {})
  t.strictSame(seen, [0], 'the rules do not hear of it')
})

t.test('every fault is told with its line and what to do, and nothing is half imported', async (t) => {
  await take(row({ phone: '+254722000002', evidence: 'folder 1' }))
  const before = await consents()
  const soon = new Date(Date.now() + 3600_000).toISOString()
  const faulty: ReadonlyArray<readonly [string, string, RegExp]> = [
    [row({ phone: '0712' }), 'bad-number', /with its country/],
    [row({ purpose: 'marketing' }), 'bad-value', /purpose is none of reminder, collection, delivery/],
    [row({ basis: 'interest' }), 'bad-value', /basis is none of/],
    [row({ given: '2026-01-05' }), 'bad-value', /givenAt is no instant with its zone/],
    [row({ given: '2026-01-05T10:00:00' }), 'bad-value', /zone/],
    [row({ given: soon }), 'in-future', /still to come/],
    [withdrawal(soon, { phone: '+254722000002' }), 'in-future', /still to come/],
    [row({ given: '' }), 'bad-value', /givenAt is empty/],
    [row({ evidence: '' }), 'no-evidence', /proof/],
    [row({ channel: '' }), 'no-evidence', /how the person agreed/],
    [row({ evidence: 'x'.repeat(501) }), 'bad-value', /evidence is longer than 500/],
    [row({ evidence: 'a\u0000b' }), 'bad-value', /control characters/],
    [row({ expires: '2026-01-05T10:00:00+03:00' }), 'bad-value', /expiresAt/],
    [row({ withdrawn: '2026-01-05T09:59:59+03:00' }), 'bad-value', /withdrawnAt/],
    [row({ purpose: 'delivery', basis: 'request', accountId: 'LN-1' }), 'bad-value', /accountId does not go with delivery/],
    [row({ phone: '+254722000002', evidence: 'folder 2' }), 'differs', /on record/],
    [withdrawal('2026-03-01T10:00:00Z', { phone: '+254733000003' }), 'nothing-to-withdraw', /nobody has recorded/],
    [withdrawal('2025-03-01T10:00:00Z', { phone: '+254722000002' }), 'nothing-to-withdraw', /given before/]
  ]
  const told = await faultsOf(take(row(), ...faulty.map(([text]) => text), row({ basis: 'contract' }), 'x,y\n'))
  t.strictSame(told.map(([line, fault]) => [line, fault]), [...faulty.map(([, fault], index) => [index + 3, fault]), [21, 'differs'], [22, 'malformed']])
  faulty.forEach(([, , words], index) => t.match(told[index]![2], words))
  t.match(told.at(-2)![2], /in line 2 with another/)
  t.notMatch(JSON.stringify(told), /\+2547(?!12345678)|folder|LN-/, 'no number and no evidence is repeated')
  t.same(await consents(), before)
})

t.test('a column that means nothing here is a fault: it could be what limits a consent', async (t) => {
  const list = (heading: string) => importConsents(records, consentRows(Readable.from([`${heading}\n+254712345678,reminder,x\n`])))
  t.match(await faultsOf(list('phone,purpose,valid until')), [[1, 'malformed', /valid until/]])
  t.match(await faultsOf(list('phone,why,basis')), [[1, 'malformed', /no column purpose/]])
  t.match(await faultsOf(list('phone,purpose,Phone')), [[1, 'malformed', /phone twice/]])
  t.match(await faultsOf(importConsents(records, objectRows([{ phone: '+254712345678', until: 'x' }]))), [[1, 'malformed', /no until/]])
  t.match(await faultsOf(importConsents(records, objectRows([]))), [[1, 'malformed', /no rows/]])
})

t.test('a dry run says the same and leaves nothing', async (t) => {
  t.same(await importConsents(records, consentRows(Readable.from([HEADING, row(), row({ phone: '+254733000003' })])), { isDryRun: true }), { rows: 2, given: 2, withdrawn: 0, stopped: 1 })
  t.same(await consents(), [])
})

t.test('whatever a row holds is a consent or a fault, and what is taken the database can store', async (t) => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom('', 'reminder', 'consent', '+254712345678', '2026-01-05T10:00:00Z'))
  const any = fc.record({ phone: fc.oneof(text, fc.constant('+254712345678')), purpose: fc.constantFrom('reminder', 'delivery', ''), basis: fc.constantFrom('consent', 'contract', 'x'), givenAt: fc.constantFrom('2026-01-05T10:00:00Z', '2026-01-05'), channel: text, evidence: text, wording: text, accountId: text }, { requiredKeys: [] })
  await fc.assert(fc.asyncProperty(fc.array(any, { minLength: 1, maxLength: 20 }), async rows => {
    const good = rows.filter((fields, index) => !('fault' in readConsentRow(index + 1, fields)))
    if (good.length > 0) await importConsents(records, objectRows(good), { isDryRun: true }).catch(err => { if (err.code !== 'CAMPAIGN_ROWS_FAULTY') throw err })
  }), { numRuns: 60 })
})
