/** Two languages without a library: every feature keeps both catalogues side by side, and types hold them complete. */

export type Language = 'en' | 'de'

/** The first of the person's languages that we speak. */
export function pickLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const [base] = tag.toLowerCase().split('-')
    if (base === 'en' || base === 'de') return base
  }
  return 'en'
}

/** Dates and numbers follow the region too, as long as it goes with the language that is shown. */
export function pickLocale(preferred: readonly string[]): string {
  const chosen = pickLanguage(preferred)
  return preferred.find((tag) => tag.toLowerCase().split('-')[0] === chosen) ?? 'en-GB'
}

const preferred = typeof navigator === 'undefined' ? [] : navigator.languages

export const language = pickLanguage(preferred)
export const locale = pickLocale(preferred)

/** Literal texts of the one catalogue are any text in the other. */
type Catalogue<T> = {
  [Key in keyof T]: T[Key] extends (...args: infer Args) => string ? (...args: Args) => string : string
}

/** The catalogue in the person's language. */
export function strings<T extends object>(en: T, de: NoInfer<Catalogue<T>>): Catalogue<T> {
  return language === 'de' ? de : (en as Catalogue<T>)
}

const numbers = new Intl.NumberFormat(locale)

export function formatNumber(value: number): string {
  return numbers.format(value)
}

/** `1 person`, `3 people`: both languages have these two forms. */
export function plural(count: number, one: string, many: string): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`
}
