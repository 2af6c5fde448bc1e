import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { resolveOptions, resolveStorage } from '../../../../src-main/hosts/headless/options.js'
import { isWindows } from '../../../helpers/platform.js'
import { tempDir } from '../../../helpers/temp.js'

function profileWith(config: unknown): string {
  const storage = tempDir()
  writeFileSync(join(storage, 'config.json'), typeof config === 'string' ? config : JSON.stringify(config))
  return storage
}

describe('options', () => {
  it('come from the flag, then the environment, then config.json, then the default', () => {
    const storage = profileWith({ port: 1, bind: '127.0.0.3', udpPort: 5 })
    const env = { PORT: '2', MANGROVE_BIND: '127.0.0.2', MANGROVE_BOOTSTRAP: 'localhost:9' }
    expect(resolveOptions({ storage, port: '3' }, env)).toEqual({
      storage,
      port: 3,
      bind: '127.0.0.2',
      udpPort: 5,
      bootstrap: [{ host: 'localhost', port: 9 }]
    })
    expect(resolveOptions({ storage }, env).port).toBe(2)
    expect(resolveOptions({ storage }, {}).port).toBe(1)
    expect(resolveOptions({ storage: tempDir() }, {})).toMatchObject({ port: 0, bind: undefined, bootstrap: undefined })
  })

  it('take several bootstrap nodes, in config.json also as a list', () => {
    const nodes = [
      { host: '127.0.0.1', port: 1 },
      { host: 'node.example', port: 65_535 }
    ]
    expect(resolveOptions({ storage: tempDir(), bootstrap: '127.0.0.1:1, node.example:65535' }, {}).bootstrap).toEqual(
      nodes
    )
    const storage = profileWith({ bootstrap: ['127.0.0.1:1', 'node.example:65535'] })
    expect(resolveOptions({ storage }, {}).bootstrap).toEqual(nodes)
  })

  it.each([
    [{ port: 'abc' }, '--port'],
    [{ port: '65536' }, '--port'],
    [{ port: '-1' }, '--port'],
    [{ udpPort: '1.5' }, '--udp-port'],
    [{ bind: 'here' }, '--bind'],
    [{ bootstrap: '' }, '--bootstrap'],
    [{ bootstrap: 'host' }, '--bootstrap'],
    [{ bootstrap: 'host:0' }, '--bootstrap'],
    [{ bootstrap: 'a:1,,b:2' }, '--bootstrap']
  ])('refuse %j in a sentence that names the flag', (flags, name) => {
    expect(() => resolveOptions({ storage: tempDir(), ...flags }, {})).toThrow(name)
  })

  it('name the file or the variable that is wrong', () => {
    expect(() => resolveOptions({ storage: profileWith({ udpPort: 'x' }) }, {})).toThrow('config.json: udpPort')
    expect(() => resolveOptions({ storage: profileWith('{') }, {})).toThrow('config.json is not valid JSON')
    expect(() => resolveOptions({ storage: profileWith('[]') }, {})).toThrow('one JSON object')
    expect(() => resolveOptions({ storage: tempDir() }, { PORT: 'x' })).toThrow('PORT')
  })

  it('leave unknown settings in config.json alone', () => {
    expect(resolveOptions({ storage: profileWith({ theme: 'dark' }) }, {}).port).toBe(0)
  })
})

it.skipIf(isWindows)('finds the profile by flag, STORAGE_DIR or the data folder, as an absolute path', () => {
  expect(resolveStorage({ storage: 'here' }, { STORAGE_DIR: '/there' })).toBe(join(process.cwd(), 'here'))
  expect(resolveStorage({}, { STORAGE_DIR: '/there' })).toBe('/there')
  expect(resolveStorage({}, { XDG_DATA_HOME: '/data' })).toBe('/data/mangrove')
})
