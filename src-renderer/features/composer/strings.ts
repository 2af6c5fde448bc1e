import { strings } from '../../lib/strings.js'

export const t = strings(
  {
    label: (room: string) => `Write to ${room}`,
    send: 'Send',
    near: (left: string) => `${left} left in this message.`,
    over: (over: string) => `This is ${over} over the limit of 32 KB for one message. Send it in parts.`,
    bytes: (count: string) => `${count} bytes`,
    kilobytes: (count: string) => `${count} KB`,
    failed: (why: string) => `Not sent; your text is back in the field. ${why}`
  },
  {
    label: (room: string) => `An ${room} schreiben`,
    send: 'Senden',
    near: (left: string) => `Noch ${left} in dieser Nachricht.`,
    over: (over: string) => `Das sind ${over} mehr als die 32 KB einer Nachricht. Schick sie in Teilen.`,
    bytes: (count: string) => `${count} Bytes`,
    kilobytes: (count: string) => `${count} KB`,
    failed: (why: string) => `Nicht gesendet; dein Text steht wieder im Feld. ${why}`
  }
)
