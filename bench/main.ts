import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startRedis } from '@karani/local-stack'
import { Redis } from 'ioredis'
import type { Command, Measured } from './generator.ts'
import { windowLine, report } from './report.ts'
import { cpuShareOf, isValid, resultOf, type Window } from './result.ts'
import { Subject } from './subject.ts'
import { barePump, mediaGateway } from './subjects.ts'
import { Worker } from './worker.ts'

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '100' },
    /** Of each window; a window of each subject is a round. */
    seconds: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '3' },
    /** A folder for CPU profiles of both subjects; they slow down what they watch. */
    profile: { type: 'string' }
  }
})
const [calls, seconds, rounds] = [values.calls, values.seconds, values.rounds].map(Number) as [number, number, number]

/** Not counted: a process that has just begun is still being compiled. */
const WARM_UP = 0

const generator = new Worker(fileURLToPath(new URL('generator.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] })
const redisServer = await startRedis({ say: console.log })
const redis = new Redis(redisServer.url)
const subjects: Subject[] = []
try {
  const world = await tell<{ modelUrl: string, toolsUrl: string }>({ do: 'start' })
  const surroundings = { ...world, calls, redisUrl: redisServer.url, redis }
  for (const options of [mediaGateway(surroundings), barePump(surroundings)]) subjects.push(await Subject.start({ ...options, profileFolder: values.profile }))
  const idle = await Promise.all(subjects.map(async subject => await subject.memory()))
  const taken: Window[][] = []
  await takeRound(WARM_UP)
  for (let round = 1; round <= rounds; round++) taken.push(await takeRound(round))
  const valid = taken.filter(windows => windows.every(isValid))
  const counted = valid.length > 0 ? valid : taken
  const [gateway, pump] = subjects.map((_, n) => resultOf(counted.map(windows => windows[n]!), calls, { idle: idle[n]!, busy: taken.at(-1)![n]!.memory! }))
  const cpuRatios = counted.map(([gateway, pump]) => cpuShareOf(gateway!) / cpuShareOf(pump!))
  console.log(report({ calls, seconds, gateway: gateway!, pump: pump!, cpuRatios }))
  if (valid.length > 0) console.log(`From the ${valid.length} of ${rounds} rounds in which the generator kept time.`)
  else console.log('NOT VALID: the generator was saturated, or the machine was, in every round. Its own delays are in these figures.')
} finally {
  await Promise.all(subjects.map(async subject => await subject.stop()))
  await generator.stop()
  redis.disconnect()
  await redisServer.stop()
}

/** One window of each subject, one after the other: what else the machine does meets both. */
async function takeRound (round: number): Promise<Window[]> {
  const windows: Window[] = []
  for (const subject of subjects) {
    const window = await measure(subject, round)
    console.log(`${round === WARM_UP ? 'warm-up' : `round ${round} of ${rounds}`}, ${subject.name}: ${windowLine(window)}`)
    windows.push(window)
  }
  return windows
}

async function measure (subject: Subject, round: number): Promise<Window> {
  await tell({ do: 'ring', urls: await subject.streamUrls(round), rateHz: subject.rateHz })
  const before = await subject.usage()
  const measured = await tell<Measured>({ do: 'measure', seconds })
  const after = await subject.usage()
  const memory = round === rounds ? await subject.memory() : null // last of all, since it makes the heap another
  await tell({ do: 'hang-up' })
  return { before, after, memory, measured }
}

async function tell<Answer> (command: Command): Promise<Answer> { return await generator.ask<Answer>(command) }
