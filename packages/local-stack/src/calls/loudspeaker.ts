import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { onPath } from '../process/on-path.ts'

/** Programs that play raw 16-bit mono audio from standard input. */
const PLAYERS: Record<string, (rateHz: string) => string[]> = {
  aplay: rate => ['-q', '-t', 'raw', '-f', 'S16_LE', '-r', rate, '-c', '1'],
  pacat: rate => ['--format=s16le', `--rate=${rate}`, '--channels=1'],
  play: rate => ['-q', '-t', 'raw', '-e', 'signed', '-b', '16', '-r', rate, '-c', '1', '-'],
  ffplay: rate => ['-loglevel', 'quiet', '-nodisp', '-f', 's16le', '-ar', rate, '-']
}

/** Audio that is not yet played when this much waits is dropped: a stuck player must not gather a call. */
const MAX_WAITING_BYTES = 320_000

/** Plays what the phone hears through a program of this machine, where there is one. */
export class Loudspeaker {
  readonly #player: ChildProcess | null

  constructor (sampleRateHz: number) {
    const program = onPath(Object.keys(PLAYERS))
    const args = program === null ? undefined : PLAYERS[path.basename(program)]?.(String(sampleRateHz))
    this.#player = program === null || args === undefined ? null : spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'] })
    this.#player?.on('error', () => {})
    this.#player?.stdin?.on('error', () => {}) // the player ended, for want of a sound card
  }

  get isThere (): boolean {
    return this.#player !== null
  }

  play (audio: Buffer): void {
    const input = this.#player?.stdin
    if (input?.writable && input.writableLength < MAX_WAITING_BYTES) input.write(audio)
  }

  close (): void {
    this.#player?.kill()
  }
}
