/** A person at a window: does and sees what people do and see, by the names that a screen reader would read. */
import type { Locator, Page } from 'playwright-core'

export type State = 'saved' | 'stored' | 'received'

export class Person {
  constructor(readonly page: Page) {}

  /** The first run. */
  async begin(name: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Your name' }).fill(name)
    await this.press('Continue')
    await this.page.getByRole('heading', { name: 'Start a room, or join one' }).waitFor()
  }

  async startRoom(name: string): Promise<void> {
    await this.press('Start a room')
    await this.dialog().getByRole('textbox', { name: 'Its name' }).fill(name)
    await this.press('Start the room')
    await this.composer(name).waitFor()
  }

  /** The link that the invite dialog shows. */
  async invite(): Promise<string> {
    await this.press(/^Invite( people)?$/)
    const link = this.dialog().getByRole('textbox', { name: 'Invite link' })
    await this.page.waitForFunction((field) => (field as HTMLInputElement | null)?.value, await link.elementHandle())
    const value = await link.inputValue()
    await this.page.keyboard.press('Escape')
    await this.dialog().waitFor({ state: 'hidden' })
    return value
  }

  /** Pastes the link into the field of the first page and confirms. */
  async join(link: string, room: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Invite' }).fill(link)
    await this.dialog().getByRole('button', { name: 'Join', exact: true }).click()
    await this.composer(room).waitFor()
  }

  async addRootPeer(key: string): Promise<void> {
    await this.press('Add a root peer')
    await this.dialog().getByRole('textbox', { name: 'Its key' }).fill(key)
    await this.dialog().getByRole('button', { name: 'Add', exact: true }).click()
    await this.dialog().waitFor({ state: 'hidden' })
  }

  async say(room: string, text: string): Promise<void> {
    await this.composer(room).fill(text)
    await this.composer(room).press('Enter')
    await this.reads(text)
  }

  async reads(text: string): Promise<void> {
    await this.message(text).waitFor()
  }

  /** Waits until an own message says that it is there. */
  async sees(text: string, state: State): Promise<void> {
    await this.message(text).locator(`[data-state=${state}]`).waitFor({ timeout: 60_000 })
  }

  async open(room: string): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name: room }).click()
    await this.composer(room).waitFor()
  }

  composer(room: string): Locator {
    return this.page.getByRole('textbox', { name: `Write to ${room}` })
  }

  message(text: string): Locator {
    return this.page.getByRole('log').getByRole('article').filter({ hasText: text })
  }

  dialog(): Locator {
    return this.page.getByRole('dialog')
  }

  async press(name: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).first().click()
  }
}
