import { defineCase } from '@/cases/case'
import { optionsOf } from '@/cases/options'
import { dueOn, person, soft, tag, type Tone } from '@/cases/shown'
import type { components } from '@/api/schema'

// Requests of residents about their own data: to correct it, to delete it.

type Item = components['schemas']['PrivacyRequest']
const tones: Record<Item['status'], Tone> = { submitted: 'warn', processing: 'info', done: 'good', partly: 'good', refused: 'danger', withdrawn: 'plain' }
const open = (x: Item) => x.status === 'submitted' || x.status === 'processing'

export default defineCase('/api/v1/privacy-requests', '/api/v1/privacy-requests/{id}', '/api/v1/privacy-requests/{id}/move', {
  at: '/privacy-requests',
  title: 'privacy.title',
  empty: 'privacy.empty',
  name: (x) => `${x.resident_name} ${x.kind_label}`,
  tone: (x) => tones[x.status],
  due: (x) => (open(x) ? { on: x.due_on } : undefined),
  filters: [
    { key: 'status', kind: 'choice', label: 'case.anyState', options: optionsOf('privacy.state', ['submitted', 'processing', 'done', 'partly', 'refused', 'withdrawn']) },
    { key: 'overdue', kind: 'yes', label: 'case.overdue' },
  ],
  columns: [
    { label: 'case.resident', show: (x) => x.resident_name },
    { label: 'privacy.kind', show: (x) => [tag(x.kind_label, x.kind === 'deletion' ? 'danger' : 'brand'), soft(x.field_label ?? '')] },
    { label: 'privacy.due', show: (x) => [open(x) ? dueOn(x.due_on) : undefined, soft(x.due_on)] },
  ],
  cards: [{
    title: 'privacy.facts',
    facts: (x) => [
      { label: 'case.resident', value: person(x) }, { label: 'privacy.kind', value: x.kind_label }, { label: 'privacy.field', value: x.field_label }, { label: 'privacy.wanted', value: x.wanted },
      { label: 'privacy.due', value: x.due_on }, { label: 'privacy.answer', value: x.answer },
    ],
  }],
  moves: {
    take: { what: 'privacy.takeWhat', first: true },
    fulfil: { what: 'privacy.fulfilWhat', first: true, fields: [{ key: 'answer', kind: 'area', max: 500, label: 'privacy.answerField', required: true }] },
    erase: { what: 'privacy.eraseWhat', danger: true, fields: [{ key: 'answer', kind: 'area', max: 500, label: 'privacy.answerField' }] },
    refuse: { what: 'privacy.refuseWhat', danger: true, fields: [{ key: 'answer', kind: 'area', max: 500, label: 'privacy.answerField', required: true }] },
  },
})
