import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hasLength, link, openReplica, testRoom } from '../helpers/replicas.js'
import { tempDir } from '../helpers/temp.js'

test('a log that RocksDB rolled back is marked, and goes on taking in frames', async () => {
  const keys = testRoom()
  const folder = tempDir()
  const author = await openReplica(keys)
  const before = await openReplica(keys, { folder })
  await author.beginLog()
  const first = await link(author, before)
  await author.append('one', 'two')
  await hasLength(before, author.log.key, 2)
  first.cut()
  const records = before.roster.load()
  await before.store.close()
  // What Corestore leaves behind when RocksDB says that its sequence numbers went backwards.
  writeFileSync(join(folder, 'db', 'RECOVERING'), '')

  const after = await openReplica(keys, { folder })
  for (const record of records) after.roster.save(keys.roomId, author.log.key, 'log', record)
  await link(author, after)
  await author.append('three')
  await hasLength(after, author.log.key, 3)
  const log = after.room.log(author.log.key)
  expect(log?.recovering).toBe(true)
  expect((await log?.read(0, 3))?.map(String)).toEqual(['one', 'two', 'three'])
})
