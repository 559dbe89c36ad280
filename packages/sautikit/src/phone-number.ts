/** E.164 has at most fifteen digits; fewer than seven cannot be dialled from abroad. */
const INTERNATIONAL = /^(?:\+|00)?([1-9]\d{6,14})$/

/**
 * A telephone number in E.164 with its plus, however it was written: without the plus, with 00, with spaces, hyphens, dots
 * or brackets. Null for whatever is none: `anonymous`, `restricted`, an extension, a name, nothing. A plus that a form did
 * not escape arrives as a space, and does no harm.
 */
export function readPhoneNumber (text: string | undefined): string | null {
  const digits = INTERNATIONAL.exec((text ?? '').replace(/[\s().-]/g, ''))?.[1]
  return digits === undefined ? null : `+${digits}`
}
