import { Compile } from 'typebox/compile'
import type { ToolArguments, ToolContract } from '@karani/agents'
import type { CallClaims } from '@karani/call-token'
import type { DeliveryService } from '@karani/lines'
import type { Readings, Records, Writings } from '@karani/records'
import type { Restaurant } from '../plugins/restaurant.ts'
import { isRefusal, ToolArgumentsInvalidError } from '../errors.ts'
import { plainText, plainValues } from '../speech/plain-text.ts'

/** What a tool may know of the call that asks. */
export interface ToolCall {
  /** The model's id of this function call. */
  readonly id: string
  readonly claims: CallClaims
  readonly now: Date
  readonly timeZone: string
  readonly currency: string
  /** When the courier brings parcels. */
  readonly delivery: DeliveryService
  readonly restaurant: Restaurant
  /** Null without access to M-Pesa. */
  readonly payments: PaymentDesk | null
  readonly systems: BusinessSystems
}

/** What a tool needs of the business's own systems. */
export interface BusinessSystems {
  /** Asks them for the facts that this tool is about, where they are the truth. @throws SystemUnavailableError */
  refresh (tool: string, args: object, claims: CallClaims): Promise<void>
}

/** What a tool may do about payments. */
export interface PaymentDesk {
  /** Whole units that one request may be for. */
  readonly maxAmount: number
  /** Asks the phone, once; a repetition does nothing. */
  send (intentId: string): void
}

/** Short facts for the model, in fields; money in whole units. */
export type Output = Readonly<Record<string, unknown>>
export type Answer = { readonly output: Output } | { readonly error: { readonly code: string, readonly message: string } }

export interface Tool {
  readonly name: string
  /** @throws ToolArgumentsInvalidError, and whatever the records throw; what the business refuses is an answer */
  carryOut (args: Readonly<Record<string, unknown>>, call: ToolCall, records: Records): Promise<Answer>
}

/** A tool that changes nothing. */
export function reading<C extends ToolContract & { effect: 'read' }> (contract: C, read: (args: ToolArguments<C>, call: ToolCall, readings: Readings) => Promise<Output>): Tool {
  const checked = argumentsOf(contract)
  return {
    name: contract.name,
    carryOut: async (args, call, records) => {
      const ownArgs = checked(args)
      await call.systems.refresh(contract.name, ownArgs, call.claims)
      return await answerOf(read(ownArgs, call, records))
    }
  }
}

/** A tool that writes, in one transaction, once for each id of a function call. A refusal is an answer too: what was written before it, such as a failed try, stays. */
export function writing<C extends ToolContract & { effect: 'write' }> (contract: C, write: (args: ToolArguments<C>, call: ToolCall, writings: Writings) => Promise<Output>): Tool {
  const checked = argumentsOf(contract)
  return {
    name: contract.name,
    carryOut: async (args, call, records) => {
      const ownArgs = checked(args)
      await call.systems.refresh(contract.name, ownArgs, call.claims) // no transaction waits for another system
      return await records.once({ callId: call.claims.callId, id: call.id }, writings => answerOf(write(ownArgs, call, writings)))
    }
  }
}

/** Checks what the model passed against the schema that it was told. */
function argumentsOf<C extends ToolContract> (contract: C): (args: Readonly<Record<string, unknown>>) => ToolArguments<C> {
  const validator = Compile(contract.parameters)
  return args => {
    const plain = Object.fromEntries(Object.entries(args).map(([name, value]) => [name, typeof value === 'string' ? plainText(value) : value]))
    if (validator.Check(plain)) return plain as ToolArguments<C>
    const { instancePath, message } = validator.Errors(plain)[0]!
    const name = instancePath.slice(1)
    const isUnknown = name !== '' && !Object.hasOwn(contract.parameters.properties, name) // and is not repeated: it may be anything
    throw new ToolArgumentsInvalidError(isUnknown ? 'there is one too many' : `${name} ${message}`.trim())
  }
}

async function answerOf (output: Promise<Output>): Promise<Answer> {
  try {
    return { output: plainValues(await output) }
  } catch (err) {
    if (!isRefusal(err)) throw err
    return { error: { code: err.code, message: err.message } }
  }
}
