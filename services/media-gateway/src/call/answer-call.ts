import type { FastifyInstance } from 'fastify'
import { agentOf, toolOf } from '@karani/agents'
import type { CallContext } from '@karani/call-context'
import { callCostMinor, newCall, newOutreach, type CallLimits, type EndedBy } from '@karani/call-model'
import type { Lines } from '@karani/lines'
import { readStreamMetadata } from '@karani/sautikit'
import type { WebSocket } from 'ws'
import type { Place } from '../plugins/calls.ts'
import { CallJournal } from './call-journal.ts'
import { CallSession } from './call-session.ts'
import { clipsFor } from './clips.ts'
import { CarrierLeg } from './carrier-leg.ts'
import { FigureWatch } from './figure-watch.ts'
import { firstLook } from './first-look.ts'
import { setupOf } from './model-setup.ts'
import { HandOff } from './hand-off.ts'
import { Recorder } from './recorder.ts'
import { ToolDesk, type ToolLimits } from './tool-desk.ts'

export interface AnsweringConfig { readonly lines: Lines, readonly limits: CallLimits, readonly toolLimits: ToolLimits, readonly recordingsFolder: string | null }

/** A call whose ticket was spent, and the room that was found for it. */
export interface Admitted { readonly context: CallContext, readonly place: Place }

/** Joins an admitted carrier's socket with a new model session. Everything the call holds is freed when the socket closes, its place last. */
export function answerCall (app: FastifyInstance, socket: WebSocket, { context, place }: Admitted, config: AnsweringConfig): void {
  const log = app.log.child({ callId: context.callId })
  const journal = new CallJournal(context, event => app.journals.publish(event))
  const recording = config.recordingsFolder === null ? null : `${config.recordingsFolder}/${context.callId}.wav`
  const recorder = recording === null ? null : new Recorder(recording)
  const leg = new CarrierLeg(socket, {
    onFrame: frame => session.callerFrame(frame),
    onMetadata: text => {
      const { callIds } = readStreamMetadata(text)
      if (callIds.length > 0 && !callIds.includes(context.callId)) log.warn('stream metadata names another call')
    },
    onUnsent: () => app.callMetrics.fault('CARRIER_NOT_READING'),
    onFault: err => fault('CARRIER_MESSAGE_FAILED', err),
    onMalformed: () => app.callMetrics.fault('CARRIER_AUDIO_MALFORMED'),
    onClosed: () => session.dispatch({ type: 'stream-closed' })
  })
  const agent = agentOf(context.agent)
  const clips = clipsFor(context, app.clips.get(context.line)!)
  const { callId, agent: agentId, caller, outreach } = context
  const tools: ToolDesk = new ToolDesk({
    effectOf: name => toolOf(agent, name)?.effect ?? null,
    run: async (call, signal) => {
      journal.add({ type: 'tool-called', id: call.id, tool: call.name })
      const claims = { callId, agent: agentId, caller, ...(outreach && { outreach }), callerTurn: session.callerTurns }
      if (call.name === 'escalate') return await handOff.escalate(signal => app.tools.run(call, claims, signal), signal)
      if (call.name !== 'endCall') return await app.tools.run(call, claims, signal)
      session.dispatch({ type: 'end-call-asked' })
      return { outcome: 'ok', response: { output: { ended: true } } }
    },
    answered: ({ id, name }, { outcome, response }, durationMs) => {
      journal.add({ type: 'tool-answered', id, tool: name, durationMs: Math.round(durationMs), outcome })
      app.callMetrics.toolAnswered(outcome)
      figures.learn(response)
      session.answerTool({ id, name, response })
    },
    waiting: waits => session.dispatch({ type: waits ? 'tools-run' : 'tools-answered' }),
    lateWrite: ({ name }, { response }) => session.tellModel(`The caller interrupted while ${name} was running. It has run all the same. Tell the caller its result: ${JSON.stringify(response)}`)
  }, config.toolLimits)

  const handOff = new HandOff(context, config.lines, {
    reachPerson: async () => await session.reachPerson(),
    redirect: async url => await app.sautikit.redirect(callId, url),
    refused: () => session.dispatch({ type: 'redirect-refused' })
  })

  const looked = firstLook(context, {
    run: async (call, claims, signal) => {
      journal.add({ type: 'tool-called', id: call.id, tool: call.name })
      return await app.tools.run(call, claims, signal)
    },
    seen: (tool, outcome, durationMs) => {
      journal.add({ type: 'tool-answered', id: 'first-look', tool, durationMs: Math.round(durationMs), outcome })
      app.callMetrics.toolAnswered(outcome)
    }
  })
  const figures = new FigureWatch({
    untrue: figure => {
      journal.add({ type: 'untrue-figure', ...figure })
      app.callMetrics.untrueFigure(figure)
    },
    correct: instruction => session.correctModel(instruction)
  })
  const setup = looked.then(facts => {
    const setup = setupOf(context, clips.opening.text, config.lines, facts)
    figures.learn(setup.instructions)
    return setup
  })

  const session: CallSession = new CallSession({
    leg,
    journal,
    recorder,
    clips,
    tools,
    figures,
    pacer: app.pacer,
    limits: config.limits,
    start: outreach === undefined ? newCall : newOutreach,
    openModel: handlers => app.liveModel.open(setup, handlers),
    redirect: () => handOff.redirect(),
    hangUp: () => {
      app.sautikit.hangUp(context.callId).catch((err: unknown) => fault('HANG_UP_FAILED', err))
    },
    fault,
    modelClosed: ({ code, kind, duringSetup, reason, cause }) => {
      log.info({ code, kind, duringSetup }, 'model session ended')
      log.debug({ reason }, 'reason of the model') // may name keys
      if (cause !== undefined) fault(reason, cause)
    },
    finish: endedBy => {
      void finish(endedBy)
    }
  })
  const stopHearing = app.hearNews(context.callId, ({ kind, text }) => {
    journal.add({ type: 'news', kind })
    if (kind === 'handed-over') return session.dispatch({ type: 'handed-over' })
    session.bringNews(text)
  })
  const releasePermit = app.holdPermit(context)
  place.call = { shutdown: () => session.dispatch({ type: 'shutdown' }) }
  log.info('call answered')
  session.dispatch({ type: 'stream-opened' })

  function fault (code: string, err?: unknown): void {
    app.callMetrics.fault(code)
    if (err !== undefined) log.error({ err, code }, 'fault in a call')
  }

  async function finish (endedBy: EndedBy): Promise<void> {
    stopHearing()
    releasePermit()
    const durationMs = Math.round(journal.elapsedMs)
    const recorded = await recorder?.close().catch(() => false) ?? false
    const { rates, currency } = config.lines
    const costMinor = callCostMinor(context.direction, durationMs, rates)
    app.journals.finished(journal.finish({ endedBy, durationMs, costMinor, currency, recordingUrl: recorded ? `file:${recording}` : null }))
    app.callMetrics.ended(endedBy)
    log.info({ endedBy, durationMs }, 'call ended')
    app.calls.free(place) // not before the journal has it: a process that closes waits for this
  }
}
