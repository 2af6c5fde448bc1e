/** Times as people say them, in the person's own zone and language. */
import { locale } from './strings.js'

const DAY_MS = 24 * 60 * 60 * 1000

const clock = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' })
const weekdayShort = new Intl.DateTimeFormat(locale, { weekday: 'short' })
const weekdayLong = new Intl.DateTimeFormat(locale, { weekday: 'long' })
const dayMonth = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })
const dayMonthYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' })
const longDay = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' })
const longDayYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' })
const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' })
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })

/** Midnight of the day, as a number that tells days apart. */
export function dayOf(time: number): number {
  const date = new Date(time)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}

/** Whole days between now and then; rounding takes care of hours that clocks are set forward or back. */
function daysAgo(time: number, now: number): number {
  return Math.round((dayOf(now) - dayOf(time)) / DAY_MS)
}

export function clockTime(time: number): string {
  return clock.format(time)
}

export function fullTime(time: number): string {
  return full.format(time)
}

/** In a list: the hour today, the weekday this week, else the date. */
export function listTime(time: number, now: number): string {
  const days = daysAgo(time, now)
  if (days <= 0) return clock.format(time)
  if (days < 7) return weekdayShort.format(time)
  return isSameYear(time, now) ? dayMonth.format(time) : dayMonthYear.format(time)
}

/** Above a day's messages. */
export function dayTitle(time: number, now: number): string {
  const days = daysAgo(time, now)
  if (days <= 0) return capitalized(relative.format(0, 'day'))
  if (days === 1) return capitalized(relative.format(-1, 'day'))
  if (days < 7) return weekdayLong.format(time)
  return isSameYear(time, now) ? longDay.format(time) : longDayYear.format(time)
}

function isSameYear(one: number, other: number): boolean {
  return new Date(one).getFullYear() === new Date(other).getFullYear()
}

function capitalized(text: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)
}
