import { plural, strings } from '../../lib/strings.js'

export const t = strings(
  {
    people: 'People',
    unnamed: 'Somebody new',
    you: 'You',
    here: 'Here',
    away: 'Away',
    onlyYou: 'Only you',
    count: (count: number) => plural(count, 'person', 'people'),
    countHere: (count: number, here: number) => `${plural(count, 'person', 'people')}, ${here} here`
  },
  {
    people: 'Leute',
    unnamed: 'Jemand Neues',
    you: 'Du',
    here: 'Da',
    away: 'Nicht da',
    onlyYou: 'Nur du',
    count: (count: number) => plural(count, 'Person', 'Leute'),
    countHere: (count: number, here: number) => `${plural(count, 'Person', 'Leute')}, ${here} da`
  }
)
