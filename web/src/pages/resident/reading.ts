/** A reading in one line: 168/94, or the value with its unit left to the label. */
export function reading(values: Record<string, unknown>): string {
  if (values.sbp !== undefined) return `${values.sbp}/${values.dbp ?? '?'} mmHg`
  const unit: Record<string, string> = { fpg: 'mmol/L', pbg: 'mmol/L', weight: 'kg', hba1c: '%', tc: 'mmol/L', ldl: 'mmol/L', hdl: 'mmol/L', tg: 'mmol/L' }
  return Object.entries(values).filter(([k]) => k in unit).map(([k, v]) => `${v} ${unit[k]}`).join(',')
}
