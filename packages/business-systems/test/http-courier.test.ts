import t from 'tap'
import { httpCourier, type DeliveryMove } from '../src/index.ts'
import { PARCEL, SECRET, startSystem } from './system-server.ts'

const MOVE: DeliveryMove = { changeId: 'change-7f2a', trackingId: 'TRK-427', deliverOn: '2026-11-24', address: 'the green gate', changedAt: '2026-11-21T14:50:05.000Z' }

t.test('a parcel is asked for by its tracking id or by a phone number, in the body alone', async t => {
  const { options, asked } = await startSystem(t, { body: PARCEL }, { body: { ...PARCEL, etaMinutes: null } }, { status: 404 })
  const courier = httpCourier(options)
  t.same(await courier.parcel({ trackingKey: 'TRK427' }), PARCEL)
  t.same(await courier.parcel({ phone: PARCEL.recipientPhone }), { ...PARCEL, etaMinutes: null })
  t.equal(await courier.parcel({ trackingKey: 'TRK999' }), null)
  t.match(asked[0], { method: 'POST', path: '/parcels/find', headers: { authorization: `Bearer ${SECRET}` }, body: { trackingKey: 'TRK427' } })
})

t.test('somebody else\'s parcel is never believed', async t => {
  const { options } = await startSystem(t, { body: { ...PARCEL, trackingId: 'TRK-428' } }, { body: { ...PARCEL, recipientPhone: '+254722333445' } })
  await t.rejects(httpCourier(options).parcel({ trackingKey: 'TRK427' }), { code: 'SYSTEM_UNAVAILABLE', reason: 'unreadable' })
  await t.rejects(httpCourier(options).parcel({ phone: PARCEL.recipientPhone }), { code: 'SYSTEM_UNAVAILABLE', reason: 'unreadable' })
})

t.test('a move is told under its own id', async t => {
  const { options, asked } = await startSystem(t, { status: 200 }, { status: 422 })
  await httpCourier(options).moved(MOVE)
  t.match(asked[0], { method: 'PUT', path: '/moves/change-7f2a', headers: { 'idempotency-key': 'change-7f2a' }, body: MOVE })
  await t.rejects(httpCourier(options).moved(MOVE), { code: 'SYSTEM_REFUSED', reason: 'http_422' })
})
