import type { RawData } from 'ws'
import { ClientMessage } from './message-schemas.ts'
import { isFields, readMessage } from './read-message.ts'
import { invalid } from './refusal.ts'

/** @throws Refusal 1007 for what is not one known message */
export function readClientMessage (data: RawData): ClientMessage {
  const json = parse(data.toString())
  if (!isFields(json) || Object.keys(json).length !== 1) throw invalid('Invalid JSON payload received. Exactly one of setup, client_content, realtime_input, tool_response is expected.')
  const message = readMessage(ClientMessage, json, '')
  if (message.realtimeInput !== undefined && Object.keys(message.realtimeInput).length > 1) throw invalid('Request contains an invalid argument.')
  return message
}

function parse (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid('Invalid JSON payload received. Unexpected token.')
  }
}
