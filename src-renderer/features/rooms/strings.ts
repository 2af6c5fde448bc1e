import { plural, strings } from '../../lib/strings.js'

export const t = strings(
  {
    rooms: 'Rooms',
    unnamed: 'Unnamed room',
    noMessages: 'No messages yet',
    you: (text: string) => `You: ${text}`,
    says: (name: string, text: string) => `${name}: ${text}`,
    somebody: 'Somebody',
    unread: (count: number) => `${plural(count, 'message', 'messages')} unread`,
    start: 'Start a room',
    jump: 'Jump to',
    draft: 'Draft:',

    createIntro: 'A room is for the people whom you invite. It lives on your computers and nowhere else.',
    name: 'Its name',
    namePlaceholder: 'Field kitchen',
    nameTooLong: 'This name is too long for an invite. Make it a little shorter.',
    nameWrong: 'This name has characters in it that cannot be shown.',
    create: 'Start the room',
    cancel: 'Cancel',
    createFailed: (why: string) => `The room was not started. ${why}`,

    leave: 'Leave room',
    leaveTitle: (name: string) => `Leave ${name}?`,
    leaveText: 'The room and all of its messages go from this computer. The others keep theirs and what you wrote.',
    leaveAgain: 'Coming back takes an invite.',
    leaveAlone:
      'You are the only one here. Once you leave, nobody has the room, and it cannot be opened again without an invite that you kept.',
    leaveFailed: (why: string) => `You are still in the room. ${why}`,
    left: (name: string) => `You left ${name}.`
  },
  {
    rooms: 'Räume',
    unnamed: 'Raum ohne Namen',
    noMessages: 'Noch keine Nachrichten',
    you: (text: string) => `Du: ${text}`,
    says: (name: string, text: string) => `${name}: ${text}`,
    somebody: 'Jemand',
    unread: (count: number) => `${plural(count, 'ungelesene Nachricht', 'ungelesene Nachrichten')}`,
    start: 'Raum eröffnen',
    jump: 'Springen zu',
    draft: 'Entwurf:',

    createIntro: 'Ein Raum ist für die Leute, die du einlädst. Er liegt auf euren Computern und nirgends sonst.',
    name: 'Sein Name',
    namePlaceholder: 'Feldküche',
    nameTooLong: 'Dieser Name ist zu lang für eine Einladung. Nimm einen etwas kürzeren.',
    nameWrong: 'In diesem Namen sind Zeichen, die sich nicht anzeigen lassen.',
    create: 'Raum eröffnen',
    cancel: 'Abbrechen',
    createFailed: (why: string) => `Der Raum wurde nicht eröffnet. ${why}`,

    leave: 'Raum verlassen',
    leaveTitle: (name: string) => `${name} verlassen?`,
    leaveText:
      'Der Raum und alle seine Nachrichten verschwinden von diesem Computer. Die anderen behalten ihre und was du geschrieben hast.',
    leaveAgain: 'Um zurückzukommen, brauchst du eine Einladung.',
    leaveAlone:
      'Du bist allein hier. Wenn du gehst, hat niemand mehr den Raum, und ohne eine Einladung, die du aufgehoben hast, lässt er sich nicht wieder öffnen.',
    leaveFailed: (why: string) => `Du bist noch im Raum. ${why}`,
    left: (name: string) => `Du hast ${name} verlassen.`
  }
)
