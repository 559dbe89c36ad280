import { checkFunctions } from './setup/check-functions.ts'
import { textOf, type Content, type Media } from './messages/content-schemas.ts'
import type { Utterance } from './brain.ts'
import { Floor } from './speaking/floor.ts'
import type { HeardAudio } from './hearing/heard-audio.ts'
import { InputAudio } from './hearing/input-audio.ts'
import { ManualActivity } from './hearing/manual-activity.ts'
import type { ClientMessage } from './messages/message-schemas.ts'
import { invalid, Refusal } from './messages/refusal.ts'
import type { SessionContext } from './session-context.ts'
import { after } from './timing.ts'
import { takeToolResponses } from './speaking/tool-responses.ts'
import { VoiceActivity } from './hearing/voice-activity.ts'

/** A session from `setupComplete` on: what each message of the client means for the floor and the brain. */
export class Conversation {
  readonly floor: Floor
  readonly #session: SessionContext
  readonly #heard: HeardAudio
  readonly #input: InputAudio
  readonly #detection: VoiceActivity | null
  readonly #manual: ManualActivity | null
  readonly #interrupts: boolean
  #seeding: boolean
  #pendingText: string[] = []

  constructor (session: SessionContext, heard: HeardAudio) {
    const { setup, behaviour, rules } = session
    const detection = setup.realtimeInputConfig?.automaticActivityDetection ?? {}
    const handlers = { onStart: () => this.#speechStarted(), onEnd: (utterance: Utterance) => this.#speechEnded(utterance) }
    this.floor = new Floor(session)
    this.#session = session
    this.#heard = heard
    this.#input = new InputAudio(behaviour.inputRates)
    this.#interrupts = setup.realtimeInputConfig?.activityHandling !== 'NO_INTERRUPTION'
    this.#seeding = setup.historyConfig?.initialHistoryInClientContent === true
    this.#manual = detection.disabled === true ? new ManualActivity(handlers) : null
    this.#detection = detection.disabled === true
      ? null
      : new VoiceActivity({
        prefixPaddingMs: detection.prefixPaddingMs ?? behaviour.prefixPaddingMs,
        silenceDurationMs: (rules.silenceDurationMs === 'obeyed' ? detection.silenceDurationMs : undefined) ?? behaviour.silenceDurationMs,
        levelDbfs: behaviour.speechLevelDbfs[detection.startOfSpeechSensitivity === 'START_SENSITIVITY_LOW' ? 'low' : 'high']
      }, handlers)
  }

  /** @throws Refusal */
  take ({ realtimeInput, clientContent, toolResponse, contextUpdate }: ClientMessage): void {
    if (realtimeInput !== undefined) this.#takeInput(realtimeInput)
    else if (clientContent !== undefined) this.#takeContent(clientContent.turns ?? [], clientContent.turnComplete ?? false)
    else if (toolResponse !== undefined) takeToolResponses(toolResponse.functionResponses ?? [], this.#session, this.floor)
    else if (contextUpdate !== undefined) this.#takeContext(contextUpdate)
    else throw invalid('setup must be the first message and only the first.')
  }

  #takeInput (input: NonNullable<ClientMessage['realtimeInput']>): void {
    if (input.audio !== undefined) this.#takeAudio(input.audio)
    else if (input.text !== undefined) this.#takeText(input.text)
    else if (input.mediaChunks !== undefined) throw invalid('realtime_input.media_chunks is deprecated. Use audio, video, or text instead.')
    else if (input.audioStreamEnd !== undefined) this.#endAudioStream()
    else if (input.activityStart !== undefined) this.#activity('start')
    else if (input.activityEnd !== undefined) this.#activity('end')
    else if (input.video === undefined) throw new Refusal(1008, 'Operation is not implemented, or supported, or enabled.')
  }

  #takeAudio (media: Media): void {
    const { behaviour: { audioDuringBlockingCall }, ledger, brain, meter, log } = this.#session
    if (audioDuringBlockingCall !== 'accept' && ledger.blocks()) throw new Refusal(audioDuringBlockingCall, 'Audio content type is not supported.')
    const samples = this.#input.decode(media)
    if (this.#heard.messages === 0) log.add({ type: 'audio-started', mimeType: media.mimeType ?? '' })
    this.#heard.add(media.data ?? '', samples)
    meter.heard(samples.length / 16)
    if (brain.onAudio !== undefined) this.#session.attempt(() => brain.onAudio?.(samples))
    this.#detection?.push(samples)
    this.#manual?.push(samples)
  }

  #takeText (text: string): void {
    this.#session.log.add({ type: 'text', text })
    if (this.#session.behaviour.textInterrupts && this.#interrupts) this.floor.interrupt()
    this.#answerText(text)
  }

  /** Without `turnComplete` the service stops speaking and waits for the rest. */
  #takeContent (turns: readonly Content[], turnComplete: boolean): void {
    const { rules, log, brain } = this.#session
    const text = turns.map(textOf).join('\n')
    log.add({ type: 'client-content', text, turnComplete, history: this.#seeding })
    if (this.#seeding) {
      this.#seeding = !turnComplete
      this.#session.attempt(() => brain.onHistory?.(text))
      return
    }
    if (rules.clientContent === 'history-only') throw invalid('Request contains an invalid argument.')
    this.floor.interrupt()
    this.#pendingText.push(text)
    if (turnComplete) this.#answerText(this.#pendingText.splice(0).join('\n'))
  }

  #answerText (text: string): void {
    const { brain, meter, behaviour } = this.#session
    meter.text(text)
    if (brain.onText !== undefined) this.floor.take((turn) => brain.onText?.(turn, text), behaviour.firstAudioMs)
  }

  #takeContext ({ systemInstruction, tools }: NonNullable<ClientMessage['contextUpdate']>): void {
    const { rules, brainSession, log } = this.#session
    if (!rules.contextUpdate) throw invalid('Context update is not supported for this model.')
    log.add({ type: 'context-update' })
    brainSession.setup = {
      ...brainSession.setup,
      ...(systemInstruction !== undefined && { instructions: textOf(systemInstruction) }),
      ...(tools !== undefined && { tools: checkFunctions(tools.tools ?? [], rules, 'context_update.tools.tools') })
    }
  }

  #endAudioStream (): void {
    if (this.#detection === null) throw invalid('audio_stream_end is only supported when automatic activity detection is enabled.')
    this.#session.log.add({ type: 'audio-stream-end' })
    if (this.#session.rules.audioStreamEndEndsTurn) this.#detection.endOfStream()
  }

  #activity (edge: 'start' | 'end'): void {
    if (this.#manual === null) throw invalid('Explicit activity control is not supported when automatic activity detection is enabled.')
    this.#session.log.add({ type: 'activity', edge })
    this.#manual[edge]()
  }

  #speechStarted (): void {
    const { behaviour, signal, log } = this.#session
    const cutIn = this.floor.turn
    log.add({ type: 'speech-started' })
    this.floor.callerSpeaks(true)
    if (cutIn === null || !this.#interrupts) return
    const lagMs = this.#manual === null ? behaviour.bargeInMs - behaviour.prefixPaddingMs : 0
    after(lagMs, signal, () => { if (this.floor.turn === cutIn) this.floor.interrupt() })
  }

  #speechEnded (utterance: Utterance): void {
    const { brain, behaviour, log } = this.#session
    log.add({ type: 'speech-ended', startMs: utterance.startMs, endMs: utterance.endMs })
    this.floor.callerSpeaks(false)
    if (brain.onSpeechEnd !== undefined) this.floor.take((turn) => brain.onSpeechEnd?.(turn, utterance), behaviour.firstAudioMs)
  }
}
