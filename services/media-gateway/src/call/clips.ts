import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { agentOf, type Language } from '@karani/agents'
import { decodeWav } from '@karani/audio'
import type { CallContext } from '@karani/call-context'
import { ConfigError } from '@karani/environment'
import type { Line, Lines } from '@karani/lines'
import type { Clip } from '@karani/call-model'

/** 16 kHz mono speech and the words in it. */
export interface RecordedClip { readonly text: string, readonly samples: Int16Array }
export type ClipSet = Readonly<Record<Clip, RecordedClip>>

/** The clips of a line. `calls`: where they differ in a call that the business placed, by the language of who is called; absent where the line places none. */
export interface LineClips extends ClipSet { readonly calls?: Readonly<Record<Language, Pick<ClipSet, 'opening' | 'please-call' | 'one-moment' | 'connecting'>>> }

export function clipsFor ({ outreach, language }: Pick<CallContext, 'outreach' | 'language'>, { calls, ...clips }: LineClips): ClipSet {
  return outreach === undefined ? clips : { ...clips, ...calls?.[language] }
}

const Manifest = Type.Record(Type.String(), Type.Object({ file: Type.String({ pattern: '^[a-z0-9-]+\\.wav$' }), text: Type.String() }))

/**
 * Reads the recorded clips of every line: `clips/clips.json` beside the lines file names them. With `recording`, the notice
 * is heard before the opening.
 * @throws ConfigError when a clip is missing or is not 16 kHz mono
 */
export function readClips (folder: string, lines: Lines, recording: boolean): ReadonlyMap<string, LineClips> {
  const manifest = readManifest(folder)
  const clip = (name: string): RecordedClip => {
    const entry = manifest[name]
    if (entry === undefined) throw new ConfigError(`LINES_FILE: no recorded clip '${name}' in ${folder}; run 'npm run clips'`)
    const { sampleRateHz, channels } = decodeWav(readFileSync(join(folder, entry.file)))
    const samples = channels[0]
    if (sampleRateHz !== 16_000 || samples === undefined || channels.length !== 1) throw new ConfigError(`LINES_FILE: ${entry.file} is not 16 kHz mono; run 'npm run clips'`)
    return { text: entry.text, samples }
  }
  const announced = (opening: RecordedClip): RecordedClip => recording ? joined(clip('recording-notice'), opening) : opening
  const spoken = (language: Language): Pick<ClipSet, 'one-moment' | 'connecting'> => ({ 'one-moment': clip(`one-moment-${language.toLowerCase()}`), connecting: clip(`connecting-${language.toLowerCase()}`) })
  const called = ({ number }: Line, language: Language): NonNullable<LineClips['calls']>[Language] => {
    const place = `${number.slice(1)}-${language.toLowerCase()}`
    return { opening: announced(clip(`call-opening-${place}`)), 'please-call': clip(`please-call-${place}`), ...spoken(language) }
  }
  const shared = { apology: clip('apology'), 'time-limit': clip('time-limit'), 'please-call': clip('time-limit') }
  return new Map(lines.lines.map((line): [string, LineClips] => [line.number, {
    ...shared,
    ...spoken(line.language),
    opening: announced(clip(`opening-${line.number.slice(1)}`)),
    ...(agentOf(line.agent).outreachLook !== undefined && { calls: { 'en-KE': called(line, 'en-KE'), 'sw-KE': called(line, 'sw-KE') } })
  }]))
}

function joined (first: RecordedClip, second: RecordedClip): RecordedClip {
  const samples = new Int16Array(first.samples.length + second.samples.length)
  samples.set(first.samples)
  samples.set(second.samples, first.samples.length)
  return { text: `${first.text} ${second.text}`, samples }
}

function readManifest (folder: string): Record<string, { file: string, text: string }> {
  try {
    return Value.Parse(Manifest, JSON.parse(readFileSync(join(folder, 'clips.json'), 'utf8')))
  } catch (err) {
    throw new ConfigError(`LINES_FILE: ${join(folder, 'clips.json')} cannot be read; run 'npm run clips'`, { cause: err })
  }
}
