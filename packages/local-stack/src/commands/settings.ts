import { existsSync } from 'node:fs'
import path from 'node:path'
import { PROJECT_FOLDER } from '../project-folder.ts'
import { VARIABLES, type Settings } from '../stack/services.ts'

/** Reads `.env` of the checkout, where there is one; what the environment already says goes before it. */
export function loadEnvFile (): void {
  const file = path.join(PROJECT_FOLDER, '.env')
  if (existsSync(file)) process.loadEnvFile(file)
}

/** Where the stack of this checkout keeps its data. */
export function dataDir (): string {
  return path.resolve(PROJECT_FOLDER, process.env.DATA_DIR || 'data')
}

/** What the environment says about Karani. An empty variable counts as absent, as in a copied `.env.example`. */
export function givenSettings (env: NodeJS.ProcessEnv = process.env): Settings {
  return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => VARIABLES.has(name) && value ? [[name, value]] : []))
}
