/** What is in the pictures: four rooms of invented people, written by their own nodes one after the other. */
import { until } from './world.js'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** A Thursday afternoon. */
export const NOW = new Date(2026, 10, 5, 14, 34).getTime()

const at = (days, hour, minute) => NOW - days * DAY + ((hour - 14) * 60 + (minute - 34)) * MINUTE

/** When the processes start, so that no clock of theirs ever goes back. */
export const BEFORE = at(3, 9, 30)

const LIST =
  'Shopping list is in the shared notes. We are 40 tonight, so I doubled the lentils:\n```\nlentils   8 kg\nonions    5 kg\ntomatoes 12 tins\n```'

/** [who, when, what]. Who is 0 stands for the one whose window is shown. */
const KITCHEN = [
  [2, at(1, 16, 52), 'Who is on the market run this week? I can take the cargo bike, but not both crates.'],
  [1, at(1, 16, 58), 'I can. The bike’s brake is fixed, https://bikekitchen.example/slots/12 has the receipt.'],
  [
    1,
    at(1, 17, 41),
    'The big stove leaks again at the left valve. I can take it apart tomorrow morning, if someone brings the `22 mm` spanner.'
  ],
  [0, at(1, 17, 44), 'I have one. Nine o’clock at the shed?'],
  [0, at(1, 17, 45), 'And a spare gasket, from last year.'],
  [2, at(0, 9, 12), LIST],
  [1, at(0, 9, 40), 'Perfect 👍 I bring the two big pots.'],
  [0, at(0, 9, 43), 'Then the small ones can stay in the van.']
]

const KITCHEN_NEW = [
  [1, at(0, 14, 30), 'Valve is clean, the gasket fits.'],
  [1, at(0, 14, 31), 'The stove is fixed, we cook at six. Come earlier if you can chop.']
]

const ANSWER = [0, at(0, 14, 33), 'Wonderful. I bring knives, and two people from the choir.']

const REPAIR = [
  [1, at(0, 12, 20), 'Saturday we have both benches, and the sewing machine is back.'],
  [2, at(0, 13, 2), 'Someone asked about a record player. Belt, I think.'],
  [2, at(0, 13, 5), 'Bring the small screwdrivers, please']
]

const BOOKS = [
  [0, at(2, 20, 1), 'I finished it on the train.'],
  [2, at(1, 21, 10), 'Chapter nine, and no spoilers 🙂']
]

const CHOIR = [[0, at(2, 19, 30), 'I can print the scores']]

/** Resolves with the rooms by name. */
export async function tellStory(world, people, rootPeers) {
  await world.setTime(at(3, 10, 0))
  const rooms = {}
  for (const name of ['Choir', 'Book circle', 'Repair café', 'Field kitchen']) {
    rooms[name] = await makeRoom(people, name)
  }
  for (const key of rootPeers) await people[0].call('rootPeers.add', { key, roomId: rooms['Field kitchen'] })
  await people[0].call('rootPeers.add', { key: rootPeers[0], roomId: rooms['Repair café'] })
  await say(world, people, rooms, [
    ...CHOIR.map((line) => ['Choir', ...line]),
    ...BOOKS.map((line) => ['Book circle', ...line]),
    ...KITCHEN.map((line) => ['Field kitchen', ...line]),
    ...REPAIR.map((line) => ['Repair café', ...line])
  ])
  return rooms
}

/** What comes after that is read, and the answer to it. From then on it is now. */
export async function sayNews(world, people, rooms) {
  await say(
    world,
    people,
    rooms,
    [...KITCHEN_NEW, ANSWER].map((line) => ['Field kitchen', ...line])
  )
  await world.setTime(NOW)
}

/** Days of talk, for the long history. */
export async function sayMuch(people, roomId, count) {
  for (let index = 0; index < count; index++) {
    const [, , text] = [...KITCHEN, ...REPAIR, ...BOOKS][index % 13]
    await people[index % 3].call('messages.send', { roomId, text: `${index + 1}. ${text}` })
  }
  await until('everything has arrived', async () => {
    const { messages, next } = await people[0].call('messages.page', { roomId, limit: 200 })
    const older = await people[0].call('messages.page', { roomId, limit: 200, before: next })
    return [...messages, ...older.messages].length >= count && messages.every(({ state }) => state !== 'saved')
  })
}

async function makeRoom([host, ...guests], name) {
  const { roomId } = await host.call('rooms.create', { name })
  const { link } = await host.call('rooms.invite', { roomId })
  for (const guest of guests) await guest.call('rooms.join', { link })
  await until(`everyone is in ${name}`, async () => {
    const { members } = await host.call('rooms.members', { roomId })
    return members.filter((member) => member.name && member.here).length === guests.length + 1
  })
  return roomId
}

/** In the order of time, so that no clock goes back; each waits until everybody has what was said before. */
async function say(world, people, rooms, lines) {
  for (const [room, who, time, text] of lines.sort((a, b) => a[2] - b[2])) {
    const roomId = rooms[room]
    await world.setTime(time)
    const { messageId } = await people[who].call('messages.send', { roomId, text })
    await until(`everybody has “${text}”`, async () => {
      const all = await Promise.all(people.map((person) => person.messages(roomId)))
      return all.every((messages) => messages.some(({ id }) => id === messageId))
    })
  }
}
