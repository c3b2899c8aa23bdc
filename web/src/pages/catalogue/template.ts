/** The version that new contracts are signed with on the day: the newest that has begun. */
export function inForce(list: readonly { version: number; begins_on: string }[], day: string): number | undefined {
  return list.filter((x) => x.begins_on <= day).reduce<number | undefined>((v, x) => (v === undefined || x.version > v ? x.version : v), undefined)
}
