import type { ToolResponse } from '../brain.ts'
import { deafTurn } from './deaf-turn.ts'
import { draw } from '../behaviour.ts'
import type { Floor } from './floor.ts'
import type { FunctionResponse } from '../messages/message-schemas.ts'
import type { ModelTurn } from './model-turn.ts'
import { invalid, Refusal } from '../messages/refusal.ts'
import { serverContent } from '../messages/server-message.ts'
import type { SessionContext } from '../session-context.ts'
import { after } from '../timing.ts'

const ACKNOWLEDGEMENT_MS = 200

type Scheduling = NonNullable<FunctionResponse['scheduling']>

/**
 * Takes one `toolResponse` and lets the brain speak about it: to BLOCKING calls when all of them are answered, in the turn
 * that called; to NON_BLOCKING ones as their `scheduling` asks.
 * @throws Refusal when the message does not fit the API or the model, or answers a call that never was
 */
export function takeToolResponses (responses: readonly FunctionResponse[], session: SessionContext, floor: Floor): void {
  const blocked = new Set<ModelTurn>()
  const free: Record<Scheduling, ToolResponse[]> = { INTERRUPT: [], WHEN_IDLE: [], SILENT: [] }
  for (const response of responses) {
    const answer = readResponse(response, session)
    const { verdict, behavior, turn } = session.ledger.answer(answer)
    session.log.add({ type: 'tool-response', ...answer, verdict })
    session.meter.text(JSON.stringify(answer.response))
    if (verdict === 'unknown' && session.behaviour.unknownToolResponse === 'close') throw new Refusal(1008, 'Requested entity was not found.')
    if (verdict !== 'accepted') continue
    if (behavior === 'BLOCKING' && turn !== undefined) blocked.add(turn)
    else free[response.scheduling ?? 'WHEN_IDLE'].push(answer)
  }
  for (const turn of blocked) resume(turn, session)
  speakUp(free, session, floor)
}

function readResponse ({ id, name = '', response = {}, willContinue = false, scheduling }: FunctionResponse, { rules }: SessionContext): ToolResponse {
  if (id === undefined || id === '') throw invalid('Function response id is required.')
  if (scheduling !== undefined && !rules.scheduling) throw invalid('Scheduling is not supported for this model.')
  return { id, name, response, willContinue }
}

function resume (turn: ModelTurn, session: SessionContext): void {
  const { ledger, brain, behaviour, wire, random, signal } = session
  if (ledger.blocks(turn)) return
  const responses = ledger.collect(turn)
  if (behaviour.emptyTurnAfterTool) after(ACKNOWLEDGEMENT_MS, signal, () => wire.send(serverContent({ turnComplete: true })))
  turn.think(() => brain.onToolResponses?.(turn, responses), session.now() + draw(behaviour.afterToolMs, random))
}

function speakUp (free: Readonly<Record<Scheduling, readonly ToolResponse[]>>, session: SessionContext, floor: Floor): void {
  const { brain, behaviour } = session
  if (brain.onToolResponses === undefined) return
  if (free.SILENT.length > 0) {
    const turn = deafTurn(session.signal, () => session.newId('function-call-'))
    session.attempt(() => brain.onToolResponses?.(turn, free.SILENT))
  }
  if (free.INTERRUPT.length > 0) floor.interrupt({ keepCalls: true })
  for (const [responses, polite] of [[free.INTERRUPT, false], [free.WHEN_IDLE, true]] as const) {
    if (responses.length > 0) floor.take((turn) => brain.onToolResponses?.(turn, responses), behaviour.afterToolMs, { polite })
  }
}
