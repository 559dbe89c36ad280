import { parseArgs } from 'node:util'
import type { HttpSystemOptions } from '@karani/business-systems'
import { checkCourier, checkLending, checkRestaurant, type Check } from '@karani/business-systems/contract'
import { leavesInPlaintext } from '@karani/environment'
import { UsageError } from '../errors.ts'

/** A contract that is to be checked. */
export interface ContractRequest {
  /** As it is printed. */
  readonly title: string
  /** What `--write` does to the system; null where nothing is ever told. */
  readonly writing: string | null
  readonly write: boolean
  readonly run: () => Promise<Check[]>
}

const SAMPLE = /[A-Za-z0-9]/
const PHONE = /^\+[1-9]\d{6,14}$/

/**
 * Reads the words after `npm run contract --`. The secret comes from the environment alone: words of a command are seen by others.
 * @throws UsageError when something is missing or wrong
 */
export function readContractRequest (args: string[], env: NodeJS.ProcessEnv): ContractRequest {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ args, options: { domain: text, url: text, account: text, parcel: text, phone: text, write: { type: 'boolean', default: false } } })
  const { domain, url, account, parcel, phone, write } = values
  switch (domain) {
    case 'lending': {
      const options = { ...reached('LENDING', url, env), account: sample('account', account), phone: number(phone), write }
      return { title: 'A lender\'s system', writing: 'a promise, and three payments of 1.00 each, stay behind at that account', write, run: async () => await checkLending(options) }
    }
    case 'courier': {
      const options = { ...reached('COURIER', url, env), parcel: sample('parcel', parcel), phone: number(phone), write }
      return { title: 'A courier\'s system', writing: 'that parcel is moved by a day and to another address, and back', write, run: async () => await checkCourier(options) }
    }
    case 'restaurant': {
      const options = reached('MENU', url, env)
      return { title: 'A restaurant\'s menu', writing: null, write, run: async () => await checkRestaurant(options) }
    }
    default: throw new UsageError('say which contract: --domain lending, --domain courier or --domain restaurant')
  }
}

function reached (prefix: string, given: string | undefined, env: NodeJS.ProcessEnv): HttpSystemOptions {
  const [url, secret] = [given ?? env[`${prefix}_URL`], env[`${prefix}_SECRET`]]
  if (!url) throw new UsageError(`say where the system is: --url, or ${prefix}_URL in the environment`)
  if (!/^https?:/.test(url) || !URL.canParse(url) || new URL(url).username !== '') throw new UsageError('give the system\'s URL as https://host/path, without a name or a password in it')
  if (leavesInPlaintext(url) && env.ALLOW_PLAINTEXT !== 'true') throw new UsageError('give an https:// URL, because people\'s data would leave this machine unencrypted; inside a private network set ALLOW_PLAINTEXT=true')
  if (!secret) throw new UsageError(`set ${prefix}_SECRET in the environment or in .env to the secret that the system knows`)
  if (!/^[\x21-\x7e]+$/.test(secret)) throw new UsageError(`set ${prefix}_SECRET to visible ASCII characters without spaces: no header carries others`)
  return { url, secret }
}

function sample (option: string, given: string | undefined): string {
  if (given === undefined || !SAMPLE.test(given)) throw new UsageError(`name one that is there, by its id: --${option}`)
  return given
}

function number (given: string | undefined): string {
  if (given === undefined || !PHONE.test(given)) throw new UsageError('name one that is there, by a phone number like +254711222333: --phone')
  return given
}
