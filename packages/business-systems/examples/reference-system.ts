import { timingSafeEqual } from 'node:crypto'

// A lender, a courier and a restaurant in memory, behind the protocol of docs/business-systems.md. It needs nothing of Karani's.

export interface Account { accountId: string, borrower: string, phone: string, nationalIdLast4: string, birthYear: number, balanceMinor: number, nextPaymentMinor: number, currency: string, dueOn: string, status: string, language: string }
export interface Parcel { trackingId: string, recipient: string, recipientPhone: string, address: string, status: string, etaMinutes: number | null, deliverOn: string }
export interface Menu { currency: string, items: Array<{ sku: string, name: string, aliases: string[], modifiers: string[], priceMinor: number, available: boolean }>, modifiers: Array<{ name: string, aliases: string[], priceMinor: number }> }
export interface Records { accounts: Account[], parcels: Parcel[], menu: Menu }

export interface Request { method: string, path: string, authorization: string | undefined, body: any }
export interface Reply { status: number, body?: unknown }

export class ReferenceSystem {
  readonly #secret: string
  readonly #records: Records
  /** Ids of what was told: a repetition changes nothing. A real system keeps them beside what they changed, in one transaction. */
  readonly #told = new Set<string>()

  constructor (secret: string, records: Records) {
    this.#secret = secret
    this.#records = structuredClone(records)
  }

  answer ({ method, path, authorization, body }: Request): Reply {
    if (!isSame(authorization ?? '', `Bearer ${this.#secret}`)) return { status: 401 }
    const [, domain, what, last = ''] = path.split('/')
    const { accounts, parcels, menu } = this.#records
    switch (`${method} /${domain}/${what}`) {
      case 'POST /lending/accounts': return found(firstBy(accounts.filter(({ accountId, phone }) => isAskedFor(accountId, phone, body.accountKey, body.phone)), account => account.dueOn))
      case 'PUT /lending/promises': return this.#once(last, accounts.find(({ accountId }) => accountId === body.accountId), () => {})
      case 'PUT /lending/payments': return this.#once(last, accounts.find(({ accountId }) => accountId === body.accountId), account => pay(account, body.amountMinor))
      case 'POST /courier/parcels': return found(firstBy(parcels.filter(({ trackingId, recipientPhone }) => isAskedFor(trackingId, recipientPhone, body.trackingKey, body.phone)), parcel => parcel.deliverOn, -1))
      case 'PUT /courier/moves': return this.#once(last, parcels.find(({ trackingId }) => trackingId === body.trackingId), parcel => Object.assign(parcel, { deliverOn: body.deliverOn, address: body.address }))
      case 'GET /restaurant/menu': return { status: 200, body: menu }
      default: return { status: 404 }
    }
  }

  /** 2xx when it is done, now or before; 422 when it cannot ever be. */
  #once<Subject> (id: string, subject: Subject | undefined, change: (subject: Subject) => unknown): Reply {
    if (this.#told.has(id)) return { status: 200 }
    if (subject === undefined) return { status: 422 }
    change(subject)
    this.#told.add(id)
    return { status: 201 }
  }
}

function pay (account: Account, amountMinor: number): void {
  account.balanceMinor = Math.max(0, account.balanceMinor - amountMinor)
  account.nextPaymentMinor = Math.max(0, account.nextPaymentMinor - amountMinor)
}

/** `key`: the letters and digits of an id, in capitals, as they were heard. */
const isAskedFor = (id: string, phone: string, key: unknown, askedPhone: unknown): boolean => id.replace(/[^A-Za-z0-9]/g, '').toUpperCase() === key || phone === askedPhone
const firstBy = <Row>(rows: Row[], day: (row: Row) => string, direction = 1): Row | undefined => rows.sort((a, b) => direction * day(a).localeCompare(day(b)))[0]
const found = (row: object | undefined): Reply => row === undefined ? { status: 404 } : { status: 200, body: row }
const isSame = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
