/** What happened, in words, for codes that can come with any command. */
import type { BridgeError } from './bridge-error.js'
import { strings } from './strings.js'

const t = strings(
  {
    notRunning: 'Mangrove on this computer does not answer. Try again when it is back.',
    full: 'The disk of this computer is full. Make some room and try again.',
    unwritable: 'Mangrove cannot write to its folder on this computer.',
    tooLarge: 'It is too long.',
    notFound: 'It is no longer there.',
    other: 'Something went wrong inside Mangrove. Try again.'
  },
  {
    notRunning: 'Mangrove auf diesem Computer antwortet nicht. Versuch es noch einmal, wenn es wieder da ist.',
    full: 'Der Speicher dieses Computers ist voll. Schaffe Platz und versuch es noch einmal.',
    unwritable: 'Mangrove kann auf diesem Computer nicht in seinen Ordner schreiben.',
    tooLarge: 'Es ist zu lang.',
    notFound: 'Es ist nicht mehr da.',
    other: 'In Mangrove ist etwas schiefgegangen. Versuch es noch einmal.'
  }
)

export function failureText({ code }: BridgeError): string {
  switch (code) {
    case 'NOT_RUNNING':
      return t.notRunning
    case 'STORAGE_FULL':
      return t.full
    case 'STORAGE_UNWRITABLE':
      return t.unwritable
    case 'TOO_LARGE':
      return t.tooLarge
    case 'NOT_FOUND':
      return t.notFound
    default:
      return t.other
  }
}
