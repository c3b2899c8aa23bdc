/** A history of a process as its panel shows it. */
export function pastOf(history: readonly { at: string; move_label: string; by_name: string; reason?: string }[] | null | undefined) {
  return (history ?? []).map((h) => ({ at: h.at, label: h.move_label, by: h.by_name, reason: h.reason }))
}
