// Generates src-main/protocol/schema from the definitions below. Only ever add optional fields and new types:
// hyperschema refuses anything else, since entries already written stay readable for good.

import { fileURLToPath } from 'node:url'
import Hyperschema from 'hyperschema'

const folder = fileURLToPath(new URL('../src-main/protocol/schema', import.meta.url))
const schema = Hyperschema.from(folder)
const ns = schema.namespace('mangrove')
const field = (name, type, rest = {}) => ({ name, type, required: true, ...rest })
const optional = (name, type, rest = {}) => ({ name, type, ...rest })

ns.register({ name: 'head', compact: true, fields: [field('log', 'buffer'), field('length', 'uint')] })
ns.register({
  name: 'entry',
  fields: [
    field('clientId', 'buffer'),
    field('lamport', 'uint'),
    field('time', 'uint'),
    field('type', 'uint'),
    field('body', 'buffer'),
    optional('heads', '@mangrove/head', { array: true })
  ]
})
ns.register({
  name: 'hello',
  fields: [
    field('identityKey', 'fixed32'),
    field('deviceKey', 'fixed32'),
    field('deviceBoxKey', 'fixed32'),
    field('certifiedAt', 'uint'),
    field('cert', 'fixed64'),
    field('logSignature', 'fixed64'),
    optional('name', 'string')
  ]
})
ns.register({ name: 'text', fields: [field('text', 'string')] })
ns.register({ name: 'profile', fields: [optional('name', 'string')] })
ns.register({ name: 'receipt', fields: [optional('read', '@mangrove/head', { array: true })] })
ns.register({
  name: 'room',
  fields: [
    optional('name', 'string'),
    optional('topic', 'string'),
    optional('pin', 'fixed32'),
    optional('unpin', 'fixed32')
  ]
})
ns.register({
  name: 'positions',
  fields: [optional('received', '@mangrove/head', { array: true }), optional('away', 'bool')]
})

Hyperschema.toDisk(schema, folder, { esm: true })
