/** `npm run dht`: a private DHT on 127.0.0.1, to try Mangrove without anything leaving this machine. */
import createTestnet from 'hyperdht/testnet.js'

const PORT = 49737

const testnet = await createTestnet(3, { host: '127.0.0.1', port: PORT })
console.log(`MANGROVE_BOOTSTRAP=${testnet.bootstrap.map(({ host, port }) => `${host}:${port}`).join(',')}`)

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void testnet.destroy().then(() => process.exit(0)))
}
