import t, { type Test } from 'tap'
import { checkCourier, type Check } from '../../src/contract/index.ts'
import { failed, FINDS_BY_ID, forgetful, FORM, hearing, NO_ID, NO_PHONE, NOTHING_TOLD, saying, SECRET_KEPT, startTeam, status, trusting, type Answering } from './team.ts'

const A_PARCEL = { parcel: 'trk-427', phone: '+254744555666' }
const RIGHT_ONE = 'never answers with another than a parcel that was asked for'
const TAKEN = 'takes a move'
const AGAIN = 'takes a move that it has taken before'
const SHOWN = 'shows the new day and the address as they were said, from then on'
const BACK = 'takes another move of the same parcel'
const LATE = 'changes nothing for an old move that is told once more'
const UNFIT = 'refuses a move about what is not there, for good: 409, 410 or 422'
const UNPROVEN = 'refuses a move with 401 from who does not know the secret'

t.test('the reference keeps the contract of a courier, and the parcel is where it was', async t => {
  const team = await startTeam(t, '/courier')
  for (const round of [1, 2]) {
    const checks = await checkCourier({ ...team, ...A_PARCEL, write: true })
    t.same(checks.filter(({ passed }) => !passed), [], `round ${round}`)
    t.equal(checks.length, 16)
  }
})

t.test('nothing is written unless it is asked for', async t => {
  const methods = new Set<string>()
  const team = await startTeam(t, '/courier', (request, system) => { methods.add(request.method); return system.answer(request) })
  t.same(failed(await checkCourier({ ...team, ...A_PARCEL })), [])
  t.same([...methods].sort(), ['GET', 'POST'])
})

const broken: Array<[mistake: string, answering: Answering, fails: string[]]> = [
  ['looks for ids by their first letters', hearing(({ path, body }) => path.endsWith('find') && /^TRK/.test(body.trackingKey) ? { body: { trackingKey: 'TRK428' } } : {}), [RIGHT_ONE, NOTHING_TOLD]],
  ['expects the id under another name', hearing(({ body }) => ({ body: { ...body, trackingKey: body.tracking_id } })), [FINDS_BY_ID('a parcel'), NOTHING_TOLD]],
  ['answers 400 for what is not there', status({ 404: 400 }), [NO_ID, NO_PHONE]],
  ['gives no ETA at all when there is none', saying(({ etaMinutes, ...parcel }) => etaMinutes === null ? parcel : { ...parcel, etaMinutes }), [FORM]],
  ['gives an instant for a day', saying(parcel => ({ ...parcel, deliverOn: `${parcel.deliverOn}T00:00:00Z` })), [FORM, NOTHING_TOLD]],
  ['asks for no secret', trusting, [SECRET_KEPT, UNPROVEN]],
  ['does every repetition again', forgetful, [LATE]],
  ['refuses what it has done', (request, system) => { const reply = system.answer(request); return request.method === 'PUT' && reply.status === 200 ? { status: 410 } : reply }, [AGAIN, LATE]],
  ['thinks about it first', (request, system) => request.method === 'PUT' && system.answer({ ...request, path: '/courier/moves/', body: {} }).status === 422 ? { status: 202 } : system.answer(request), [UNFIT, SHOWN]],
  ['keeps the address as its map has it', hearing(({ path, body }) => path.includes('/moves/') ? { body: { ...body, address: body.address?.slice(0, 12) } } : {}), [SHOWN, BACK, LATE]],
  ['moves to another day', hearing(({ path, body }) => path.includes('/moves/') ? { body: { ...body, deliverOn: '2026-12-24' } } : {}), [SHOWN, BACK, LATE]],
  ['never says that it cannot', status({ 422: 201 }), [UNFIT]],
  ['fails', status({ 201: 503 }), [TAKEN, BACK]]
]

for (const [mistake, answering, fails] of broken) {
  t.test(`a courier's system that ${mistake} fails`, async t => {
    t.same(failed(await check(t, answering)).sort(), [...fails].sort())
  })
}

async function check (t: Test, answering?: Answering): Promise<Check[]> {
  return await checkCourier({ ...await startTeam(t, '/courier', answering), ...A_PARCEL, write: true })
}
