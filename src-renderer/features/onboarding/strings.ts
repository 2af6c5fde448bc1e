import { strings } from '../../lib/strings.js'

export const t = strings(
  {
    question: 'What should people call you?',
    questionText:
      'Your name is shown in the rooms that you join. There is no account anywhere else: you are on this computer.',
    name: 'Your name',
    next: 'Continue',
    tooLong: 'This name is too long. Use at most 64 characters.',
    wrong: 'This name has characters in it that cannot be shown.',
    failed: (why: string) => `That did not work. ${why}`,

    first: 'Start a room, or join one',
    firstText: 'A room lives on the computers of the people in it. Nobody else has it: no account, no server.',
    start: 'Start a room',
    join: 'Join with an invite',
    rootText:
      'Is one of your computers always on? As a root peer it keeps your rooms for people who are away, and cannot read them.',
    rootAction: 'Add a root peer',

    refused: 'This page is closed',
    refusedText:
      'It opens with a link that works once, and this one was used or has expired. Your rooms and messages are safe.',
    refusedWhat: 'Open Mangrove again from the terminal, and use the link that it prints:',
    waiting: 'Looking for Mangrove on this computer…',
    lost: 'Mangrove on this computer does not answer',
    lostText: 'Is it still running? This page goes on by itself as soon as it is back.'
  },
  {
    question: 'Wie sollen dich die Leute nennen?',
    questionText:
      'Dein Name steht in den Räumen, denen du beitrittst. Ein Konto gibt es sonst nirgends: Du bist auf diesem Computer.',
    name: 'Dein Name',
    next: 'Weiter',
    tooLong: 'Dieser Name ist zu lang. Nimm höchstens 64 Zeichen.',
    wrong: 'In diesem Namen sind Zeichen, die sich nicht anzeigen lassen.',
    failed: (why: string) => `Das hat nicht geklappt. ${why}`,

    first: 'Einen Raum eröffnen oder einem beitreten',
    firstText: 'Ein Raum liegt auf den Computern der Leute darin. Niemand sonst hat ihn: kein Konto, kein Server.',
    start: 'Raum eröffnen',
    join: 'Mit Einladung beitreten',
    rootText:
      'Läuft einer deiner Computer immer? Als Root-Peer bewahrt er deine Räume für alle, die gerade nicht da sind, und kann sie nicht lesen.',
    rootAction: 'Root-Peer hinzufügen',

    refused: 'Diese Seite ist geschlossen',
    refusedText:
      'Sie öffnet sich mit einem Link, der einmal gilt; dieser ist schon benutzt oder abgelaufen. Deine Räume und Nachrichten sind sicher.',
    refusedWhat: 'Öffne Mangrove noch einmal vom Terminal aus und nimm den Link, den es ausgibt:',
    waiting: 'Mangrove auf diesem Computer wird gesucht…',
    lost: 'Mangrove auf diesem Computer antwortet nicht',
    lostText: 'Läuft es noch? Diese Seite macht von selbst weiter, sobald es wieder da ist.'
  }
)
