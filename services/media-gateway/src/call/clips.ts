import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { decodeWav } from '@karani/audio'
import { ConfigError } from '@karani/environment'
import type { Lines } from '@karani/lines'
import type { Clip } from '@karani/call-model'

/** 16 kHz mono speech and the words in it. */
export interface RecordedClip { readonly text: string, readonly samples: Int16Array }
export type ClipSet = Readonly<Record<Clip, RecordedClip>>

const Manifest = Type.Record(Type.String(), Type.Object({ file: Type.String({ pattern: '^[a-z0-9-]+\\.wav$' }), text: Type.String() }))

/**
 * Reads the recorded clips of every line: `clips/clips.json` beside the lines file names them. With `recording`, the notice
 * is heard before the opening.
 * @throws ConfigError when a clip is missing or is not 16 kHz mono
 */
export function readClips (folder: string, lines: Lines, recording: boolean): ReadonlyMap<string, ClipSet> {
  const manifest = readManifest(folder)
  const clip = (name: string): RecordedClip => {
    const entry = manifest[name]
    if (entry === undefined) throw new ConfigError(`LINES_FILE: no recorded clip '${name}' in ${folder}; run 'npm run clips'`)
    const { sampleRateHz, channels } = decodeWav(readFileSync(join(folder, entry.file)))
    const samples = channels[0]
    if (sampleRateHz !== 16_000 || samples === undefined || channels.length !== 1) throw new ConfigError(`LINES_FILE: ${entry.file} is not 16 kHz mono; run 'npm run clips'`)
    return { text: entry.text, samples }
  }
  const shared = { apology: clip('apology'), 'time-limit': clip('time-limit') }
  return new Map(lines.lines.map(line => {
    const opening = clip(`opening-${line.number.slice(1)}`)
    return [line.number, { ...shared, 'one-moment': clip(`one-moment-${line.language.toLowerCase()}`), opening: recording ? joined(clip('recording-notice'), opening) : opening }]
  }))
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
