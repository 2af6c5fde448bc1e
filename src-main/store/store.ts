/** The profile's store: one database, its tables, and nothing that knows of the network. */

import { AcksTable } from './acks-table.js'
import { StoreDatabase } from './database.js'
import { LogsTable } from './logs-table.js'
import { MessagesTable } from './messages-table.js'
import { OutboxTable } from './outbox-table.js'
import { RoomsTable } from './rooms-table.js'
import { SettingsTable } from './settings-table.js'

export class Store {
  readonly db: StoreDatabase
  readonly rooms: RoomsTable
  readonly logs: LogsTable
  readonly messages: MessagesTable
  readonly outbox: OutboxTable
  readonly acks: AcksTable
  readonly settings: SettingsTable

  /** Opens or creates `file`, encrypted with the 32-byte `key`. */
  constructor(file: string, key: Buffer) {
    this.db = new StoreDatabase(file, key)
    this.rooms = new RoomsTable(this.db)
    this.logs = new LogsTable(this.db)
    this.messages = new MessagesTable(this.db)
    this.outbox = new OutboxTable(this.db)
    this.acks = new AcksTable(this.db)
    this.settings = new SettingsTable(this.db)
  }

  close(): void {
    this.db.close()
  }
}
