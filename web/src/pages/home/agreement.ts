import { defineCase } from '@/cases/case'
import { optionsOf } from '@/cases/options'
import { dueOn, link, soft, tag, type Tone } from '@/cases/shown'
import { addDays, percent, thisDay, today } from '@/common/format'
import { t } from '@/texts'
import RoundTable from './RoundTable.vue'
import { homeOptions } from './homes'
import type { components } from '@/api/schema'

// Agreements of nursing homes with medical institutions, and the rounds that keep them.

type Item = components['schemas']['HomeAgreement']
const tones: Record<Item['status'], Tone> = { draft: 'info', active: 'good', suspended: 'warn', expired: 'danger', terminated: 'plain' }
const kept = (x: Item) => (x.rounds.denominator ? [{ text: t('agreement.keptWord', { done: x.rounds.numerator, of: x.rounds.denominator, rate: percent(x.rounds.rate) }), tone: (x.rounds.rate ?? 0) >= 90 ? 'good' as const : 'warn' as const }] : '')

export default defineCase('/api/v1/home-agreements', '/api/v1/home-agreements/{id}', '/api/v1/home-agreements/{id}/move', {
  at: '/home-agreements',
  title: 'agreement.title',
  empty: 'agreement.empty',
  name: (x) => `${x.home_name} — ${x.institution_name}`,
  tone: (x) => tones[x.status],
  due: (x) => (x.status === 'active' ? { on: x.end_on } : undefined),
  filters: [
    { key: 'status', kind: 'choice', label: 'case.anyState', options: optionsOf('agreement.state', ['draft', 'active', 'suspended', 'expired', 'terminated']) },
    { key: 'home_id', kind: 'choice', label: 'agreement.home', options: homeOptions },
    { key: 'ending_by', kind: 'day', label: 'agreement.endingBy' },
  ],
  columns: [
    { label: 'agreement.home', show: (x) => x.home_name },
    { label: 'agreement.institution', show: (x) => x.institution_name },
    { label: 'agreement.model', show: (x) => x.model_label, opt: true },
    { label: 'agreement.kept', show: kept },
    { label: 'agreement.end', show: (x) => [x.status === 'active' ? dueOn(x.end_on) : undefined, soft(x.end_on)] },
  ],
  cards: [{
    title: 'agreement.facts',
    facts: (x) => [
      { label: 'agreement.home', value: [link(x.home_name, '/nursing-homes/' + x.home_id), soft(t('home.nBeds', { n: x.beds }))] },
      { label: 'agreement.institution', value: x.institution_name },
      { label: 'agreement.model', value: x.model_label },
      { label: 'agreement.services', value: x.services.map((s) => tag(s.label, 'brand')) },
      { label: 'agreement.perWeek', value: t('agreement.nPerWeek', { n: x.rounds_per_week }) },
      { label: 'agreement.kept', value: kept(x) },
      { label: 'agreement.begin', value: x.begin_on },
      { label: 'agreement.end', value: x.end_on },
    ],
  }],
  moves: {
    activate: { what: 'agreement.activateWhat', first: true },
    suspend: { what: 'agreement.suspendWhat', fields: [{ key: 'reason', kind: 'area', max: 200, label: 'case.reason', required: true }] },
    resume: { what: 'agreement.resumeWhat', first: true },
    renew: { what: 'agreement.renewWhat', first: true, fields: [{ key: 'until', kind: 'day', label: 'agreement.until', required: true, from: (x: Item) => addDays(x.end_on, 1), initial: (x: Item) => addDays(x.end_on, 365) }] },
    terminate: { what: 'agreement.terminateWhat', danger: true, fields: [{ key: 'reason', kind: 'area', max: 200, label: 'case.reason', required: true }] },
  },
  extra: RoundTable,
  opening: {
    path: '/api/v1/home-agreements', permission: 'agreement.write', label: 'agreement.new', what: 'agreement.newWhat', done: 'agreement.made',
    fields: [
      { key: 'home_id', kind: 'choice', label: 'agreement.home', required: true, options: homeOptions },
      { key: 'institution_id', kind: 'institution', label: 'agreement.institution', required: true },
      { key: 'model', kind: 'choice', label: 'agreement.model', required: true, options: optionsOf('agreement.models', ['medical_led', 'care_led', 'integrated', 'network']) },
      { key: 'services', kind: 'many', label: 'agreement.services', required: true, options: optionsOf('agreement.servicesOf', ['rounds', 'green_channel', 'referral', 'training', 'pharmacy']), initial: () => ['rounds'] },
      { key: 'rounds_per_week', kind: 'number', min: 1, max: 7, label: 'agreement.perWeek', required: true, initial: () => '1' },
      { key: 'begin_on', kind: 'day', label: 'agreement.begin', required: true, initial: thisDay },
      { key: 'end_on', kind: 'day', label: 'agreement.end', required: true, initial: () => addDays(today(), 364) },
    ],
  },
})
