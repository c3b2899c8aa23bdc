import { t, type TextKey } from '@/texts'
import type { Option } from './fields'

/** The choices of a code, with the texts below a key of the catalogue. */
export function optionsOf(below: string, codes: readonly string[]): Option[] {
  return codes.map((value) => ({ value, label: t(`${below}.${value}` as TextKey) }))
}
