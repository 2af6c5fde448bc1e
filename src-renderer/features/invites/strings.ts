import { plural, strings } from '../../lib/strings.js'

export const t = strings(
  {
    invite: 'Invite',
    inviteTo: (name: string) => `Invite to ${name}`,
    gives:
      'Whoever has this link can join, read all of it and write. It cannot be taken back: send it by a way that you trust.',
    link: 'Invite link',
    copy: 'Copy link',
    copied: 'Copied',
    qr: 'The invite link as a QR code',
    awayYes: (count: number) =>
      `${plural(count, 'root peer keeps', 'root peers keep')} this room, so they can join while you are away.`,
    awayNo: 'No root peer keeps this room yet: to join, they need you or somebody else of the room online.',
    failed: (why: string) => `There is no invite yet. ${why}`,

    join: 'Join with an invite',
    joinIntro: 'An invite is a link that somebody from the room sent you.',
    paste: 'Paste an invite: mangrove://join/…',
    field: 'Invite',
    invalid: 'This is not a whole invite. Ask for it again and paste all of it.',
    newer: 'This invite was made by a newer Mangrove. Update Mangrove to join the room.',
    checkFailed: (why: string) => `The invite could not be read. ${why}`,
    joinNamed: (name: string) => `Join ${name}?`,
    unnamed: 'Unnamed room',
    previewYes: (count: number) =>
      `${plural(count, 'root peer keeps', 'root peers keep')} it: what was written before arrives at once.`,
    previewNo: 'What was written before arrives when somebody of the room is online.',
    seesYou: 'The people there see your name and that you joined.',
    joined: 'You are in this room already.',
    open: 'Open it',
    submit: 'Join',
    other: 'Another invite',
    cancel: 'Cancel',
    joinFailed: (why: string) => `You have not joined. ${why}`
  },
  {
    invite: 'Einladen',
    inviteTo: (name: string) => `In ${name} einladen`,
    gives:
      'Wer diesen Link hat, kann beitreten, alles lesen und schreiben. Er lässt sich nicht zurücknehmen: Schick ihn auf einem Weg, dem du traust.',
    link: 'Einladungslink',
    copy: 'Link kopieren',
    copied: 'Kopiert',
    qr: 'Der Einladungslink als QR-Code',
    awayYes: (count: number) =>
      `${plural(count, 'Root-Peer bewahrt', 'Root-Peers bewahren')} diesen Raum; beitreten geht also auch, wenn du nicht da bist.`,
    awayNo:
      'Noch bewahrt kein Root-Peer diesen Raum: Zum Beitreten musst du oder jemand anderes aus dem Raum online sein.',
    failed: (why: string) => `Noch gibt es keine Einladung. ${why}`,

    join: 'Mit Einladung beitreten',
    joinIntro: 'Eine Einladung ist ein Link, den dir jemand aus dem Raum geschickt hat.',
    paste: 'Einladung einfügen: mangrove://join/…',
    field: 'Einladung',
    invalid: 'Das ist keine ganze Einladung. Bitte noch einmal darum und füge sie ganz ein.',
    newer: 'Diese Einladung stammt von einem neueren Mangrove. Aktualisiere Mangrove, um beizutreten.',
    checkFailed: (why: string) => `Die Einladung ließ sich nicht lesen. ${why}`,
    joinNamed: (name: string) => `${name} beitreten?`,
    unnamed: 'Raum ohne Namen',
    previewYes: (count: number) =>
      `${plural(count, 'Root-Peer bewahrt', 'Root-Peers bewahren')} ihn: Was bisher geschrieben wurde, kommt sofort an.`,
    previewNo: 'Was bisher geschrieben wurde, kommt an, sobald jemand aus dem Raum online ist.',
    seesYou: 'Die Leute dort sehen deinen Namen und dass du beigetreten bist.',
    joined: 'Du bist schon in diesem Raum.',
    open: 'Öffnen',
    submit: 'Beitreten',
    other: 'Andere Einladung',
    cancel: 'Abbrechen',
    joinFailed: (why: string) => `Du bist nicht beigetreten. ${why}`
  }
)
