import { accessSync, constants, statSync } from 'node:fs'
import path from 'node:path'

/** The full path of the first of these programs found on `searchPath`, or null. */
export function onPath (programs: string[], searchPath = process.env.PATH ?? ''): string | null {
  for (const program of programs) {
    for (const folder of searchPath.split(path.delimiter)) {
      const file = path.join(folder, program)
      if (path.isAbsolute(file) && isExecutable(file)) return file
    }
  }
  return null
}

export function isExecutable (file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
