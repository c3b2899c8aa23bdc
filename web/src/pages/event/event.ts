import { defineCase } from '@/cases/case'
import { optionsOf } from '@/cases/options'
import { dueOn, tag, type Tone } from '@/cases/shown'
import { t } from '@/texts'
import EventExtra from './EventExtra.vue'
import { planFields } from './plan'
import type { components } from '@/api/schema'

// Events among the people: planned, held, counted.

type Item = components['schemas']['CommunityEvent']
const tones: Record<Item['status'], Tone> = { planned: 'info', open: 'brand', closed: 'good', cancelled: 'plain' }

export default defineCase('/api/v1/events', '/api/v1/events/{id}', '/api/v1/events/{id}/move', {
  at: '/events',
  title: 'event.title',
  empty: 'event.empty',
  name: (x) => x.title,
  tone: (x) => tones[x.status],
  filters: [
    { key: 'status', kind: 'choice', label: 'case.anyState', options: optionsOf('event.state', ['planned', 'open', 'closed', 'cancelled']) },
    { key: 'kind', kind: 'choice', label: 'event.anyKind', options: optionsOf('event.kinds', ['signing', 'education', 'free_clinic']) },
    { key: 'from', kind: 'day', label: 'event.from' },
    { key: 'to', kind: 'day', label: 'event.to' },
  ],
  columns: [
    { label: 'event.name', show: (x) => x.title },
    { label: 'event.kind', show: (x) => tag(x.kind_label, 'brand') },
    { label: 'event.on', show: (x) => [{ text: x.on }, x.status === 'planned' || x.status === 'open' ? dueOn(x.on) : undefined] },
    { label: 'event.place', show: (x) => x.place, opt: true },
    { label: 'event.host', show: (x) => x.institution_name, opt: true },
    { label: 'event.report', show: (x) => (x.report.attendance ? t('event.attendanceWord', { n: x.report.attendance }) : '') },
  ],
  cards: [{
    title: 'event.facts',
    facts: (x) => [
      { label: 'event.kind', value: tag(x.kind_label, 'brand') },
      { label: 'event.on', value: x.on },
      { label: 'event.place', value: x.place },
      { label: 'event.host', value: x.institution_name },
      { label: 'event.teams', value: x.teams.map((k) => k.name).join('、') },
      { label: 'event.services', value: x.services.map((s) => s.label).join('、') },
    ],
  }],
  moves: {
    open: { what: 'event.openWhat', first: true },
    close: { what: 'event.closeWhat', first: true },
    cancel: { what: 'event.cancelWhat', danger: true, fields: [{ key: 'reason', kind: 'area', max: 200, label: 'case.reason', required: true }] },
  },
  extra: EventExtra,
  opening: { path: '/api/v1/events', permission: 'event.write', label: 'event.new', what: 'event.newWhat', done: 'event.made', fields: planFields() },
})
