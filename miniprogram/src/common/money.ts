/** Cents as people write money: 免费, 60元, 60.50元. */
export function yuan(cents: number): string {
  if (cents === 0) return '免费'
  return `${cents % 100 === 0 ? cents / 100 : (cents / 100).toFixed(2)}元`
}
