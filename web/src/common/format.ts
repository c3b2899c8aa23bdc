// How values are shown: one function a kind of value. Pure; the tests are beside it.

const shanghai = 'Asia/Shanghai'
const dayFormat = new Intl.DateTimeFormat('en-CA', { timeZone: shanghai, year: 'numeric', month: '2-digit', day: '2-digit' })
const timeFormat = new Intl.DateTimeFormat('en-GB', { timeZone: shanghai, hour: '2-digit', minute: '2-digit', hour12: false })

/** What stands for "no value". */
export const none = '—'

/** Today in Shanghai, YYYY-MM-DD. */
export function today(now: Date = new Date()): string {
  return dayFormat.format(now)
}

/** Today, whatever it is asked about: what a described field begins with or is bounded by. */
export const thisDay = (): string => today()

/** The day `n` days after a day. */
export function addDays(day: string, n: number): string {
  const d = new Date(day + 'T00:00:00Z')
  d.setUTCDate(d.getUTCDate() + n)
  return d.toISOString().slice(0, 10)
}

/** Days from one day to another, negative when it is past. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to + 'T00:00:00Z') - Date.parse(from + 'T00:00:00Z')) / 86_400_000)
}

/** A day as it is written; an unset one as "—". */
export function day(d: string | undefined | null): string {
  return d ? d : none
}

/** An instant as day and time in Shanghai. */
export function instant(at: string | undefined | null): string {
  if (!at) return none
  const d = new Date(at)
  return `${dayFormat.format(d)} ${timeFormat.format(d)}`
}

/** A deadline as day and time; one at midnight ends the day before. */
export function deadline(at: string | undefined | null): string {
  const text = instant(at)
  return at && text.endsWith(' 00:00') ? lastDay(at) + ' 24:00' : text
}

/** The last day before a deadline, in Shanghai. */
export function lastDay(at: string): string {
  return dayFormat.format(new Date(Date.parse(at) - 1))
}

/** Whole minutes until an instant, negative when it is past. */
export function minutesUntil(at: string, now: Date = new Date()): number {
  return Math.trunc((Date.parse(at) - now.getTime()) / 60_000)
}

/** The instant of a day and a time in Shanghai, as it is sent. */
export function instantOf(local: string): string {
  return new Date(local + ':00+08:00').toISOString()
}

/** The day of an instant in Shanghai. */
export function instantDay(at: string): string {
  return dayFormat.format(new Date(at))
}

/** A percentage with two decimals; null is "no value", which is not 0. */
export function percent(p: number | null | undefined): string {
  return p === null || p === undefined ? none : p.toFixed(2) + '%'
}

/** A whole number with separators. */
export function count(n: number | null | undefined): string {
  return n === null || n === undefined ? none : n.toLocaleString('zh-CN')
}

/** Money in yuan from cents. */
export function yuan(cents: number): string {
  return (cents / 100).toFixed(2)
}

/** The last day of the month `back` months before a day's. */
export function monthEnd(d: string, back: number): string {
  const [y, m] = d.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(y, m - back, 0)).toISOString().slice(0, 10)
}
