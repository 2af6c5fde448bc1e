import { plural, strings } from '../../lib/strings.js'

export const t = strings(
  {
    title: 'Jump to',
    placeholder: 'Jump to a room, or do something',
    rooms: 'Rooms',
    actions: 'Actions',
    nothing: 'Nothing has this name.',
    people: (count: number) => plural(count, 'person', 'people'),
    inviteTo: (room: string) => `Invite to ${room}`,
    leave: (room: string) => `Leave ${room}`,
    details: 'Show or hide the details',
    choose: 'choose',
    open: 'open'
  },
  {
    title: 'Springen zu',
    placeholder: 'Zu einem Raum springen oder etwas tun',
    rooms: 'Räume',
    actions: 'Aktionen',
    nothing: 'Nichts heißt so.',
    people: (count: number) => plural(count, 'Person', 'Leute'),
    inviteTo: (room: string) => `In ${room} einladen`,
    leave: (room: string) => `${room} verlassen`,
    details: 'Einzelheiten zeigen oder verbergen',
    choose: 'wählen',
    open: 'öffnen'
  }
)
