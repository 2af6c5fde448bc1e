/** Holds the house together: who may import whom (DESIGN.md §6), read from the sources themselves. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

/** Folder → folders it may import besides itself. The contract may be imported by anyone. */
const ALLOWED: Record<string, string[]> = {
  'src-main/hosts': ['node', 'bridge', 'lib'],
  'src-main/bridge': ['node', 'protocol', 'lib'],
  'src-main/node': [
    ...['commands', 'network', 'log', 'delivery', 'indexer', 'store', 'root-peer', 'root-peer-client', 'account'],
    ...['protocol', 'lib']
  ],
  'src-main/commands': ['log', 'account', 'store', 'delivery', 'protocol', 'lib'],
  'src-main/network': ['protocol', 'lib'],
  'src-main/log': ['protocol', 'lib'],
  'src-main/delivery': ['log', 'store', 'indexer', 'protocol', 'lib'],
  'src-main/indexer': ['log', 'store', 'protocol', 'lib'],
  'src-main/store': ['protocol', 'lib'],
  'src-main/root-peer': ['log', 'network', 'protocol', 'lib'],
  'src-main/root-peer-client': ['log', 'protocol', 'lib'],
  'src-main/account': ['protocol', 'lib'],
  'src-main/protocol': [],
  'src-main/lib': [],
  'src-main': ['hosts', 'lib'],
  'src-preload/contract': [],
  'src-preload': [],
  'src-renderer': []
}

/** Packages that only certain folders may touch. */
const RESERVED: Record<string, string[]> = {
  electron: ['src-main/hosts', 'src-preload'],
  'better-sqlite3': ['src-main/store', 'src-main/root-peer'],
  hyperswarm: ['src-main/network', 'src-main/root-peer'],
  corestore: ['src-main/log', 'src-main/root-peer'],
  hypercore: ['src-main/log', 'src-main/root-peer'],
  ws: ['src-main/hosts'],
  commander: ['src-main/hosts']
}

const NODE_BUILTIN = /^node:/
/** `import type` counts like any other import. */
const IMPORT = /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|import\s*\(?\s*['"]([^'"]+)['"]/g
const SOURCE = /\.tsx?$/

interface Import {
  file: string
  folder: string
  specifier: string
}

function sourceFiles(top: string): string[] {
  const entries = readdirSync(join(root, top), { recursive: true, withFileTypes: true })
  return entries.filter((entry) => SOURCE.test(entry.name)).map((entry) => join(entry.parentPath, entry.name))
}

/** `src-main/log` for a file in it, `src-main` for cli.ts, `src-preload/contract` for the contract. */
function folderOf(path: string): string {
  const parts = relative(root, path).split(sep)
  if (parts[0] === 'src-renderer') return 'src-renderer'
  return parts.length > 2 ? `${parts[0]}/${parts[1]}` : (parts[0] ?? '')
}

function importsOf(file: string): Import[] {
  const source = readFileSync(file, 'utf8')
  const specifiers = [...source.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? '')
  return specifiers.map((specifier) => ({ file: relative(root, file), folder: folderOf(file), specifier }))
}

function isAllowed({ file, folder, specifier }: Import): boolean {
  const target = folderOf(resolve(root, dirname(file), specifier))
  if (target === folder || target === 'src-preload/contract') return true
  return (ALLOWED[folder] ?? []).some((name) => target === `src-main/${name}`)
}

function packageOf(specifier: string): string {
  const [scope = '', name = ''] = specifier.split('/')
  return scope.startsWith('@') ? `${scope}/${name}` : scope
}

const imports = ['src-main', 'src-preload', 'src-renderer'].flatMap(sourceFiles).flatMap(importsOf)
const isOwn = ({ specifier }: Import) => specifier.startsWith('.')
const describeImport = ({ file, specifier }: Import) => `${file} imports ${specifier}`

describe('import rules', () => {
  it('finds the imports of every folder', () => {
    expect(imports.length).toBeGreaterThan(50)
    expect(imports.filter(isOwn).every(({ folder }) => folder in ALLOWED)).toBe(true)
  })

  it('lets every folder import only what the design allows', () => {
    const broken = imports.filter(isOwn).filter((found) => !isAllowed(found))
    expect(broken.map(describeImport)).toEqual([])
  })

  it('keeps packages that open networks, storage and windows in their folders', () => {
    const broken = imports.filter(({ folder, specifier }) => {
      const folders = RESERVED[packageOf(specifier)]
      return folders && !folders.includes(folder)
    })
    expect(broken.filter(({ file }) => !file.endsWith('.d.ts')).map(describeImport)).toEqual([])
  })

  it('keeps Electron to its host and the preload, so that everything else runs without it', () => {
    const users = imports.filter(({ specifier }) => packageOf(specifier) === 'electron').map(({ file }) => file)
    const allowed = [join('src-main', 'hosts', 'electron'), join('src-preload', 'index.ts')]
    expect(users.length).toBeGreaterThan(1)
    expect(users.filter((file) => !allowed.some((place) => file.startsWith(place)))).toEqual([])
  })

  it('names only packages that package.json depends on', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const known = { ...dependencies, ...devDependencies }
    const outside = imports.filter((found) => !isOwn(found) && !NODE_BUILTIN.test(found.specifier))
    expect(outside.filter(({ specifier }) => !(packageOf(specifier) in known)).map(describeImport)).toEqual([])
  })
})
