import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import type { Settings } from './services.ts'

/** What the parts of one stack prove themselves to each other with. The names are those of the environment. */
const Secrets = Type.Object({
  CALL_TOKEN_SECRET: Type.String({ minLength: 32 }),
  SAUTIKIT_SIGNING_SECRETS: Type.String({ minLength: 32 }),
  WEBHOOK_TOKENS: Type.String({ minLength: 32 }),
  MPESA_CALLBACK_SECRET: Type.String({ minLength: 32 })
})

/** The secrets of the stack in `folder`: made up at its first start, kept in a file that only this user can read. */
export async function secretsOf (folder: string): Promise<Settings> {
  const file = path.join(folder, 'secrets.json')
  const kept = await readFile(file, 'utf8').then(JSON.parse).catch(() => null)
  if (Value.Check(Secrets, kept)) return kept
  const secrets = Object.fromEntries(Object.keys(Secrets.properties).map(name => [name, randomBytes(32).toString('hex')])) as Static<typeof Secrets>
  await mkdir(folder, { recursive: true })
  await writeFile(file, JSON.stringify(secrets), { mode: 0o600 })
  return secrets
}
