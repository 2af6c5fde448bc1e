import { plural, strings } from '../../lib/strings.js'

export const t = strings(
  {
    online: (count: number) => (count === 0 ? 'Online' : `Online, ${plural(count, 'connection', 'connections')}`),
    starting: 'Getting online…',
    offline: 'Offline',
    lost: 'Not running',
    offlineBand: 'You are offline. What you write is saved here and goes out by itself.',
    lostBand: 'Mangrove on this computer does not answer; trying again. What you type stays in the field.',
    wentOffline: 'You are offline.',
    backOnline: 'Back online. What you wrote is on its way.',
    backRunning: 'Mangrove is back.'
  },
  {
    online: (count: number) => (count === 0 ? 'Online' : `Online, ${plural(count, 'Verbindung', 'Verbindungen')}`),
    starting: 'Geht online…',
    offline: 'Offline',
    lost: 'Läuft nicht',
    offlineBand: 'Du bist offline. Was du schreibst, wird hier gespeichert und geht von selbst hinaus.',
    lostBand: 'Mangrove auf diesem Computer antwortet nicht; es wird weiter versucht. Was du tippst, bleibt im Feld.',
    wentOffline: 'Du bist offline.',
    backOnline: 'Wieder online. Was du geschrieben hast, ist unterwegs.',
    backRunning: 'Mangrove ist wieder da.'
  }
)
