import type { Field } from '@/cases/fields'
import type { components } from '@/api/schema'

type Home = components['schemas']['NursingHome']

/** What is entered of a home. */
export const homeFields: Field[] = [
  { key: 'name', kind: 'text', max: 100, label: 'home.name', required: true, initial: (x: Home | null) => x?.name },
  { key: 'uscc', kind: 'text', max: 18, label: 'home.uscc', required: true, initial: (x: Home | null) => x?.uscc },
  { key: 'beds', kind: 'number', min: 1, max: 5000, label: 'home.beds', required: true, initial: (x: Home | null) => (x ? String(x.beds) : undefined) },
  { key: 'contact', kind: 'text', max: 50, label: 'home.contact', required: true, initial: (x: Home | null) => x?.contact },
  { key: 'phone', kind: 'text', max: 32, label: 'home.phone', required: true, initial: (x: Home | null) => x?.phone },
  { key: 'address', kind: 'text', max: 100, label: 'home.address', wide: true, initial: (x: Home | null) => x?.address },
]
