import { jwtVerify, SignJWT } from 'jose'
import { Value } from 'typebox/value'
import { CallClaims } from './call-claims.ts'
import { CallTokenInvalidError } from './errors.ts'

const ALGORITHM = 'HS256'
const AUDIENCE = 'tools-service'
const LIFETIME_MS = 60_000

/** A JWT for one tool call, valid for 60 s. `secret`: at least 32 characters. */
export async function signCallToken (claims: CallClaims, secret: string, now = new Date()): Promise<string> {
  return await new SignJWT({ ...claims })
    .setProtectedHeader({ alg: ALGORITHM })
    .setAudience(AUDIENCE)
    .setIssuedAt(now)
    .setExpirationTime(new Date(now.getTime() + LIFETIME_MS))
    .sign(keyOf(secret))
}

/** @throws CallTokenInvalidError for anything but a token of ours that has not expired */
export async function verifyCallToken (token: string, secret: string, now = new Date()): Promise<CallClaims> {
  try {
    const { payload } = await jwtVerify(token, keyOf(secret), { algorithms: [ALGORITHM], audience: AUDIENCE, requiredClaims: ['exp'], currentDate: now })
    return Value.Parse(CallClaims, Value.Clean(CallClaims, payload))
  } catch (cause) {
    throw new CallTokenInvalidError({ cause })
  }
}

const keyOf = (secret: string): Uint8Array => new TextEncoder().encode(secret)
