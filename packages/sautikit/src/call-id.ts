/** The carrier's identity of a call: `HD_` and twelve hexadecimal digits at the exchange, a UUID in its REST API. */
export const isCallId = (text: string): boolean => /^[A-Za-z0-9_-]{1,64}$/.test(text)
