import { readFileSync } from 'node:fs'

/** What package-lock.json says of one folder: a package of the registry, a workspace, or a link in node_modules to a workspace. */
export interface LockedPackage {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly link?: boolean
  readonly dev?: boolean
  readonly hasInstallScript?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** By folder, such as `node_modules/ws`. */
export const lockedPackages = (JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, LockedPackage> }).packages

/** The folders of all that these workspaces need at run time, theirs among them. */
export function dependenciesOf (workspaces: readonly string[]): Set<string> {
  const found = new Set(workspaces)
  for (const folder of found) {
    const { link, resolved, dependencies, optionalDependencies } = lockedPackages[folder]!
    if (link === true) found.add(resolved!)
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const nearest = ancestors(folder).map(ancestor => `${ancestor}node_modules/${name}`).find(candidate => candidate in lockedPackages)
      if (nearest !== undefined) found.add(nearest)
    }
  }
  return found
}

/** 'a/b' -> 'a/b/', 'a/', '': where Node looks for packages. */
const ancestors = (folder: string): string[] => folder.split('/').map((_, i, names) => `${names.slice(0, names.length - i).join('/')}/`).concat('')
