import { Compile } from 'typebox/compile'
import { Parcel, type CourierSystem } from './courier.ts'
import { HttpSystem, type HttpSystemOptions } from './http-system.ts'
import { spokenKey } from './spoken-key.ts'

export const PARCEL = Compile(Parcel)

/** A courier's parcels behind HTTP. @see docs/business-systems.md */
export function httpCourier (options: HttpSystemOptions): CourierSystem {
  const system = new HttpSystem(options)
  return {
    parcel: async query => await system.find('/parcels/find', query, PARCEL, ({ trackingId, recipientPhone }) => 'phone' in query ? recipientPhone === query.phone : spokenKey(trackingId) === query.trackingKey),
    moved: async change => await system.tell('/moves', change.changeId, change)
  }
}
