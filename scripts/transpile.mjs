// Runs before `npm start`: turns each source that changed into the JavaScript that `npm run build` would write, without
// checking its types. A process starts from JavaScript in half the time that a loader of TypeScript takes.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const changed = ['packages', 'services'].flatMap(workspacesIn).flatMap(sourcesIn).filter(isChanged)
if (changed.length > 0) await transpile(changed)

function workspacesIn (folder) {
  return readdirSync(path.join(root, folder)).map(name => path.join(root, folder, name))
}

function sourcesIn (workspace) {
  const folder = path.join(workspace, 'src')
  return readdirSync(folder, { recursive: true }).filter(file => file.endsWith('.ts') && !file.endsWith('.d.ts')).map(file => ({
    source: path.join(folder, file),
    output: path.join(workspace, 'dist', file.replace(/\.ts$/, '.js'))
  }))
}

function isChanged ({ source, output }) {
  return statSync(source).mtimeMs > (statSync(output, { throwIfNoEntry: false })?.mtimeMs ?? 0)
}

async function transpile (files) {
  const { default: ts } = await import('typescript')
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.base.json'), ts.sys.readFile)
  const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, module: 'esnext' }, root)
  for (const { source, output } of files) {
    const sourceRoot = path.relative(path.dirname(output), path.dirname(source))
    const { outputText, sourceMapText } = ts.transpileModule(readFileSync(source, 'utf8'), { compilerOptions: { ...options, sourceRoot }, fileName: source })
    mkdirSync(path.dirname(output), { recursive: true })
    writeFileSync(`${output}.map`, sourceMapText)
    writeFileSync(output, outputText)
  }
}
