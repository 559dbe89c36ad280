declare const brand: unique symbol
/** A number that may be dialled, E.164. Only `readDialableNumber` makes one; the carrier's client and its documents take nothing else. */
export type DialableNumber = string & { readonly [brand]: 'dialable' }
