import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { agentOf, APOLOGY, callOpening, CONNECTING, ONE_MOMENT, pleaseCall, RECORDING_NOTICE, TIME_LIMIT } from '@karani/agents'
import { encodeWav, rms } from '@karani/audio'
import { legalNameOf, readLines, type Line, type Lines } from '@karani/lines'
import { SPEECH_RATE_HZ, synthesize } from '@karani/speech'

/**
 * `npm run clips`: speaks the sentences that a line says without the model, and writes them beside the lines file. Record
 * your own voice over any of them: 16 kHz mono WAV, the same words.
 */
const linesFile = process.env['LINES_FILE'] ?? 'config/lines.json'
const folder = join(dirname(linesFile), 'clips')
await mkdir(folder, { recursive: true })
const manifest: Record<string, { file: string, text: string }> = {}
for (const [name, text] of sentences(readLines(linesFile))) {
  const samples = trimmed(await synthesize(text, { voice: 'slt' }))
  manifest[name] = { file: `${name}.wav`, text }
  await writeFile(join(folder, `${name}.wav`), encodeWav([samples], SPEECH_RATE_HZ))
  console.log(`${name}.wav  ${(samples.length / SPEECH_RATE_HZ).toFixed(1)} s  ${text}`)
}
await writeFile(join(folder, 'clips.json'), JSON.stringify(manifest, null, 2) + '\n')
console.log(`\n${Object.keys(manifest).length} clips in ${folder}. Restart media-gateway to use them.`)

/** Without the silence that the synthesiser leaves around a sentence, but for 20 ms: every millisecond keeps a caller waiting. */
function trimmed (samples: Int16Array): Int16Array {
  const frame = SPEECH_RATE_HZ / 50
  const isQuiet = (at: number): boolean => rms(samples.subarray(at, at + frame)) < 0.003
  let [from, to] = [0, samples.length]
  while (from < to && isQuiet(from + frame)) from += frame
  while (to > from && isQuiet(to - 2 * frame)) to -= frame
  return samples.slice(from, to)
}

function sentences ({ lines }: Lines): Array<[name: string, text: string]> {
  return [
    ['apology', APOLOGY],
    ['recording-notice', RECORDING_NOTICE],
    ['time-limit', TIME_LIMIT],
    ...(['en-KE', 'sw-KE'] as const).flatMap((language): Array<[string, string]> => [[`one-moment-${language.toLowerCase()}`, ONE_MOMENT[language]], [`connecting-${language.toLowerCase()}`, CONNECTING[language]]]),
    ...lines.map(({ number, agent, name }): [string, string] => [`opening-${number.slice(1)}`, agentOf(agent).opening(name)]),
    ...lines.filter(({ agent }) => agentOf(agent).outreachLook !== undefined).flatMap(callSentences)
  ]
}

/** Who is called may speak another language than the line. */
function callSentences (line: Line): Array<[name: string, text: string]> {
  const name = legalNameOf(line)
  return (['en-KE', 'sw-KE'] as const).flatMap((language): Array<[string, string]> => {
    const place = `${line.number.slice(1)}-${language.toLowerCase()}`
    return [[`call-opening-${place}`, callOpening(name, language)], [`please-call-${place}`, pleaseCall(name, line.number, language)]]
  })
}
