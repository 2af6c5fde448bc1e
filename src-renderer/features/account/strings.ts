import { strings } from '../../lib/strings.js'

export const t = strings(
  {
    open: 'You and your root peers',
    id: 'Your id',
    idHint: 'It tells you apart from others of the same name. It opens nothing.',
    copy: 'Copy id',
    copied: 'Copied',
    rootPeers: 'Root peers',
    noRootPeers: 'None yet. One that is always on keeps your rooms for people who are away.',
    add: 'Add a root peer'
  },
  {
    open: 'Du und deine Root-Peers',
    id: 'Deine Kennung',
    idHint: 'Sie unterscheidet dich von anderen mit demselben Namen. Öffnen lässt sich damit nichts.',
    copy: 'Kennung kopieren',
    copied: 'Kopiert',
    rootPeers: 'Root-Peers',
    noRootPeers: 'Noch keine. Einer, der immer läuft, bewahrt deine Räume für alle, die gerade nicht da sind.',
    add: 'Root-Peer hinzufügen'
  }
)
