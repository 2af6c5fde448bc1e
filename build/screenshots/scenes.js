/** The pages and states of which there are pictures, in the order in which a person meets them. */
import { NARROW, shoot, WIDE } from './shots.js'
import { BEFORE, sayMuch, sayNews, tellStory } from './story.js'
import { until } from './world.js'

const BOTH_SIZES = { sizes: { '': WIDE, narrow: NARROW } }
const ONLY_NARROW = { sizes: { narrow: NARROW } }
/** Where the dark one shows nothing that others do not. */
const ONLY_LIGHT = { dark: false }

const button = (page, name) => page.getByRole('button', { name, exact: true })
const openRoom = (page, name) => page.getByRole('navigation').getByRole('button', { name }).click()

export class Scenes {
  constructor(world, studio, only) {
    this.world = world
    this.studio = studio
    this.only = only
  }

  async run() {
    await this.world.setTime(BEFORE)
    const newcomer = await this.firstRun()
    const { mara, kitchen } = await this.rooms(newcomer)
    await this.broken(newcomer)
    await this.offline(mara, kitchen)
  }

  /** Both schemes are one page, so nothing in it changes between them. */
  async picture(name, member, prepare, { sizes = { '': WIDE }, dark = true, locale } = {}) {
    for (const [suffix, size] of Object.entries(sizes)) {
      const base = [name, suffix].filter(Boolean).join('-')
      if (this.only.length > 0 && !this.only.some((part) => base.includes(part))) continue
      const page = await this.studio.page(member.origin, member.session, { size, locale })
      await prepare(page)
      await shoot(page, `${base}-light`)
      if (dark) {
        await page.emulateMedia({ colorScheme: 'dark' })
        await shoot(page, `${base}-dark`)
      }
      await page.context().close()
    }
  }

  async firstRun() {
    const member = await this.world.member('newcomer')
    await this.picture('welcome', member, (page) => page.getByRole('textbox').fill('Mara Lind'), BOTH_SIZES)
    await member.call('account.create', { name: 'Mara Lind' })
    await until('online', async () => (await member.call('network.status')).online)
    const isOnline = (page) => page.getByText('Online').waitFor()
    await this.picture('first-room', member, isOnline, BOTH_SIZES)
    await this.picture('broken-invite', member, pasteHalf)
    await this.picture('create-room', member, nameRoom, ONLY_LIGHT)
    return member
  }

  async rooms(newcomer) {
    const { world } = this
    const roots = [await world.rootPeer('root-1'), await world.rootPeer('root-2')]
    const people = await this.people(['Mara Lind', 'Tomas Vrba', 'Leila Aziz'])
    const [mara] = people
    const keys = roots.map(({ key }) => key)
    const made = await tellStory(world, people, keys)
    const kitchen = made['Field kitchen']
    await this.news(people, made)
    await this.ofTheRoom(mara)
    await this.joining(newcomer, mara, kitchen)
    await this.history(people, made['Repair café'])
    await this.picture('conversation-german', mara, inKitchen, { ...ONLY_LIGHT, locale: 'de-DE' })
    return { mara, kitchen }
  }

  async people(names) {
    const people = []
    for (const name of names) {
      const member = await this.world.member(name)
      await member.call('account.create', { name })
      people.push(member)
    }
    return people
  }

  /** What was said is read, what comes then is new, and everyone is there to see it. */
  async news(people, rooms) {
    const [mara] = people
    const kitchen = rooms['Field kitchen']
    const [newest] = await mara.messages(kitchen, 1)
    await mara.call('messages.read', { roomId: kitchen, messageId: newest.id })
    await sayNews(this.world, people, rooms)
    await isKept(mara, kitchen, 2)
    await until('everybody is here', () => isEverybodyHere(mara, kitchen))
  }

  async ofTheRoom(mara) {
    await this.picture('conversation', mara, inKitchen, { sizes: { '': WIDE } })
    await this.picture('conversation', mara, inKitchen, ONLY_NARROW)
    await this.picture('rooms', mara, (page) => page.getByRole('navigation').waitFor(), ONLY_NARROW)
    await this.picture('details', mara, showDetails, ONLY_NARROW)
    await this.picture('invite', mara, invite, BOTH_SIZES)
    await this.picture('palette', mara, palette)
    await this.picture('add-root-peer', mara, addRootPeer, ONLY_LIGHT)
    await this.picture('leave', mara, leave, ONLY_LIGHT)
    await this.picture('account', mara, account, ONLY_LIGHT)
  }

  async joining(newcomer, mara, kitchen) {
    const { link } = await mara.call('rooms.invite', { roomId: kitchen })
    await this.picture('join', newcomer, async (page) => {
      await page.getByRole('textbox').fill(link)
      await button(page, 'Join').waitFor()
    })
    await newcomer.call('rooms.create', { name: 'Harbour walk' })
    await this.picture('new-room', newcomer, (page) => button(page, 'Invite people').waitFor())
  }

  async history(people, roomId) {
    await sayMuch(people, roomId, 350)
    await isKept(people[0], roomId, 1)
    await this.picture('history', people[0], scrollUp)
  }

  /** The page without a session, and without a node. */
  async broken(member) {
    const isTold = (page) => page.getByRole('alert').waitFor()
    await this.picture('refused', { origin: member.origin, session: null }, isTold, ONLY_LIGHT)
    const stopNode = async (page) => {
      await button(page, 'Invite people').waitFor()
      await member.stop()
      await page.getByText('does not answer').first().waitFor()
    }
    await this.picture('lost', member, stopNode, ONLY_LIGHT)
  }

  async offline(mara, kitchen) {
    await mara.stop()
    const away = await this.world.member('Mara Lind', { offline: true })
    await away.call('messages.send', { roomId: kitchen, text: 'I am on the tram, back in half an hour.' })
    const isOffline = async (page) => {
      await inKitchen(page)
      await page.getByText('You are offline').first().waitFor()
    }
    await this.picture('offline', away, isOffline, BOTH_SIZES)
  }
}

async function pasteHalf(page) {
  await page.getByRole('textbox').fill('mangrove://join/AQCrjyyXzQekUXmqjozS1bnrKZ0kizZ34UB')
  await page.getByRole('alert').waitFor()
}

async function nameRoom(page) {
  await button(page, 'Start a room').first().click()
  await page.getByRole('dialog').getByRole('textbox').fill('Field kitchen')
}

async function inKitchen(page) {
  await openRoom(page, 'Field kitchen')
  await page.getByRole('log').getByText('two people from the choir').waitFor()
  await page.mouse.move(0, 0)
}

async function showDetails(page) {
  await openRoom(page, 'Field kitchen')
  await button(page, 'Who is here, who keeps it').click()
  await page.getByText('You', { exact: true }).waitFor()
}

async function invite(page) {
  await inKitchen(page)
  await button(page, 'Invite').click()
  await page.getByRole('img', { name: 'QR code' }).waitFor()
}

async function palette(page) {
  await inKitchen(page)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').waitFor()
}

async function addRootPeer(page) {
  await openRoom(page, 'Book circle')
  await button(page, 'Add a root peer').click()
  await page.getByRole('dialog').waitFor()
}

async function leave(page) {
  await openRoom(page, 'Book circle')
  await button(page, 'Leave room').click()
  await page.getByRole('dialog').waitFor()
}

async function account(page) {
  await button(page, 'You and your root peers').click()
  await page.getByText('Connected').first().waitFor()
}

async function scrollUp(page) {
  await openRoom(page, 'Repair café')
  await page.getByRole('log').hover()
  await page.waitForTimeout(300)
  for (let turn = 0; turn < 12; turn++) {
    await page.mouse.wheel(0, -900)
    await page.waitForTimeout(60)
  }
  await page.mouse.move(0, 0)
}

async function isEverybodyHere(member, roomId) {
  const { members } = await member.call('rooms.members', { roomId })
  return members.every(({ here }) => here)
}

/** Until so many root peers have all of it. */
function isKept(member, roomId, count) {
  return until('the root peers have it', async () => {
    const { rooms } = await member.call('rooms.list')
    const room = rooms.find((one) => one.roomId === roomId)
    return room.rootPeers.filter(({ holdsAll }) => holdsAll).length === count
  })
}
