import type { DeliveryMove, Parcel } from '../courier.ts'
import { PARCEL } from '../http-courier.ts'
import type { HttpSystemOptions } from '../http-system.ts'
import { spokenKey } from '../spoken-key.ts'
import { checkFinding } from './check-finding.ts'
import { checkTelling, newId, nothingTold } from './check-telling.ts'
import { Peer, untaken } from './peer.ts'
import { isReached, Report, type Check } from './report.ts'

export interface CourierContract extends HttpSystemOptions {
  /** The tracking id and the recipient's number of parcels that are there; they may be of two. */
  readonly parcel: string
  readonly phone: string
  /** Also moves the parcel by a day, and back: in a system for tests. */
  readonly write?: boolean
}

/** Whether a courier's system keeps the contract of docs/business-systems.md. */
export async function checkCourier ({ parcel: id, phone, write = false, ...options }: CourierContract): Promise<Check[]> {
  const report = new Report()
  const peer = new Peer(options)
  if (!await isReached(peer, report)) return report.checks
  const parcel = await checkFinding(peer, report, { thing: 'a parcel', path: '/parcels/find', keyName: 'trackingKey', shape: PARCEL, hasMoney: false, idOf: ({ trackingId }) => trackingId, phoneOf: ({ recipientPhone }) => recipientPhone }, { id, phone })
  if (write && parcel !== null) await checkMoves(peer, report, parcel)
  if (write && parcel === null) nothingTold(report, 'the parcel')
  report.check(peer.timeLimit, peer.lateness)
  return report.checks
}

async function checkMoves (peer: Peer, report: Report, parcel: Parcel): Promise<void> {
  const { trackingId, deliverOn, address } = parcel
  const moved = { deliverOn: dayAfter(deliverOn), address: 'the blue gate behind the market' }
  const body = (changeId: string, to: Pick<Parcel, 'deliverOn' | 'address'>): DeliveryMove => ({ changeId, trackingId, ...to, changedAt: new Date().toISOString() })
  const unlessAt = async (to: Pick<Parcel, 'deliverOn' | 'address'>): Promise<string | undefined> => {
    const { reply } = await peer.find('/parcels/find', { trackingKey: spokenKey(trackingId) })
    if (!PARCEL.Check(reply)) return 'the parcel could not be read afterwards'
    if (reply.deliverOn !== to.deliverOn) return 'it shows another day'
    return reply.address === to.address ? undefined : 'it shows another address'
  }

  const first = await checkTelling(peer, report, { effect: 'a move', path: '/moves', body: id => body(id, moved), bodyAboutNothing: id => ({ ...body(id, moved), trackingId: 'KARANI-ASKED-FOR-NOTHING-0' }) })
  report.check('shows the new day and the address as they were said, from then on', await unlessAt(moved))
  const back = newId()
  report.check('takes another move of the same parcel', untaken(await peer.tell('/moves', back, body(back, { deliverOn, address }))), await unlessAt({ deliverOn, address }))
  report.check('changes nothing for an old move that is told once more', untaken(await peer.tell('/moves', first, body(first, moved))), await unlessAt({ deliverOn, address }))
}

const dayAfter = (day: string): string => new Date(Date.parse(day) + 24 * 60 * 60_000).toISOString().slice(0, 10)
