const offset = 8 * 3_600_000 // Shanghai keeps one time all year

const two = (n: number) => String(n).padStart(2, '0')

/** The day in Shanghai of an instant. */
export function dayOf(instant: string | number | Date): string {
  const d = new Date(new Date(instant).getTime() + offset)
  return `${d.getUTCFullYear()}-${two(d.getUTCMonth() + 1)}-${two(d.getUTCDate())}`
}

/** Today in Shanghai. */
export const today = () => dayOf(Date.now())

/** The wall clock in Shanghai of an instant. */
export function clockOf(instant: string | number | Date): string {
  const d = new Date(new Date(instant).getTime() + offset)
  return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`
}

/** Days from one day to another; negative when it lies before. */
export const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/** A day so many days later. */
export const addDays = (day: string, n: number) => new Date(Date.parse(day) + n * 86_400_000).toISOString().slice(0, 10)

/** A day as people say it: 今天, 明天, 3月5日, 2025年3月5日. */
export function sayDay(day: string, now = today()): string {
  const n = daysBetween(now, day)
  const near: Record<number, string> = { [-1]: '昨天', 0: '今天', 1: '明天' }
  if (near[n]) return near[n]
  const [y, m, d] = day.split('-').map(Number)
  return `${y === Number(now.slice(0, 4)) ? '' : `${y}年`}${m}月${d}日`
}

/** An instant as people say it. */
export const sayTime = (instant: string) => `${sayDay(dayOf(instant))} ${clockOf(instant)}`
