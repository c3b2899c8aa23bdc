import { computed } from 'vue'
import { useGet } from '@/api/query'
import { defineCase } from '@/cases/case'
import { optionsOf } from '@/cases/options'
import { dueOn, line, person, soft, tag, type Tone } from '@/cases/shown'
import { addDays, instant, thisDay, today, yuan } from '@/common/format'
import { t } from '@/texts'
import type { components } from '@/api/schema'

// Services at home: assessed, shared out, carried out, signed for.

type Item = components['schemas']['HomeServiceItem']
type Detail = components['schemas']['HomeServiceDetail']
const states = ['applied', 'assessed', 'refused', 'assigned', 'departed', 'arrived', 'served', 'paid', 'rated', 'cancelled'] as const
const tones: Partial<Record<Item['status'], Tone>> = { applied: 'warn', assessed: 'warn', assigned: 'info', departed: 'info', arrived: 'info', refused: 'danger', cancelled: 'plain' }

type Choices = components['schemas']['HomeServiceChoices']
const choices = (of: keyof Omit<Choices, '$schema'>) => () => {
  const q = useGet('/api/v1/home-service-items')
  return computed(() => (q.data.value?.[of] ?? []).map((x) => ({ value: x.code, label: x.label })))
}

export default defineCase('/api/v1/home-services', '/api/v1/home-services/{id}', '/api/v1/home-services/{id}/move', {
  at: '/home-services',
  title: 'homeservice.title',
  empty: 'homeservice.empty',
  name: (x) => x.resident_name,
  tone: (x) => tones[x.status] ?? 'good',
  due: (x) => ({ on: x.due_on }),
  filters: [
    { key: 'status', kind: 'choice', label: 'case.anyState', options: optionsOf('homeservice.state', states) },
    { key: 'team_id', kind: 'team', label: 'case.anyTeam' },
  ],
  columns: [
    { label: 'case.resident', show: (x) => x.resident_name },
    { label: 'homeservice.items', show: (x) => x.items.map((i) => i.label).join('、') },
    { label: 'case.due', show: (x) => dueOn(x.due_on) },
    { label: 'homeservice.visitOn', show: (x) => [x.visit_on ? { text: x.visit_on } : undefined, x.staff_names.length > 0 && line(soft(x.staff_names.join('、')))] },
    { label: 'homeservice.applicant', show: (x) => x.applicant_label, opt: true },
    { label: 'case.team', show: (x) => x.team_name, opt: true },
  ],
  cards: [
    {
      title: 'homeservice.facts',
      facts: (x) => [
        { label: 'case.resident', value: [person(x), soft(x.phone)] },
        { label: 'homeservice.applicant', value: x.applicant_label },
        { label: 'homeservice.items', value: x.items.map((i) => i.label).join('、') },
        { label: 'homeservice.address', value: x.address },
        { label: 'homeservice.note', value: x.note },
        { label: 'homeservice.wish', value: x.wish_on },
        { label: 'case.team', value: x.team_name },
        { label: 'homeservice.visitOn', value: x.visit_on ? [{ text: x.visit_on }, x.first && tag(t('homeservice.first'), 'warn')] : x.first ? tag(t('homeservice.first'), 'warn') : '' },
        { label: 'homeservice.staff', value: x.staff_names.join('、') },
      ],
    },
    {
      title: 'homeservice.doneCard',
      facts: (x) => [
        { label: 'homeservice.arrived', value: x.arrived_at ? instant(x.arrived_at) : '' },
        { label: 'homeservice.position', value: x.position },
        { label: 'homeservice.done', value: x.done.map((i) => i.label).join('、') },
        { label: 'homeservice.consumables', value: x.consumables },
        { label: 'homeservice.signed', value: x.signed ? tag(t('homeservice.yes'), 'good') : '' },
        { label: 'homeservice.served', value: x.served_on },
        { label: 'homeservice.fee', value: ['paid', 'rated'].includes(x.status) ? (x.fee_cents ? t('homeservice.yuan', { n: yuan(x.fee_cents) }) : t('homeservice.free')) : '' },
        { label: 'homeservice.rating', value: x.rating ? [{ text: t('homeservice.stars', { n: x.rating }) }, soft(x.rating_text ?? '')] : '' },
      ],
    },
  ],
  moves: {
    assess: { what: 'homeservice.assessWhat', first: true, fields: [{ key: 'checks', kind: 'many', label: 'homeservice.checks', required: true, options: choices('checks') }] },
    refuse: { what: 'homeservice.refuseWhat', danger: true, fields: [{ key: 'reason', kind: 'area', max: 100, label: 'case.reason', required: true }] },
    assign: {
      what: 'homeservice.assignWhat', first: true,
      fields: [
        { key: 'visit_on', kind: 'day', label: 'homeservice.visitOn', required: true, from: thisDay, initial: (x: Detail) => (x.wish_on && x.wish_on >= today() ? x.wish_on : addDays(today(), 1)) },
        { key: 'staff_ids', kind: 'staff', many: true, label: 'homeservice.staff', required: true, team: (_v, x: Detail) => x.team_id },
      ],
    },
    depart: { what: 'homeservice.departWhat', first: true },
    arrive: { what: 'homeservice.arriveWhat', first: true, fields: [{ key: 'position', kind: 'text', max: 32, label: 'homeservice.position', hint: 'homeservice.positionHint', required: true }] },
    serve: {
      what: 'homeservice.serveWhat', first: true,
      fields: [
        { key: 'items', kind: 'many', label: 'homeservice.done', required: true, options: (x: Detail) => computed(() => x.items.map((i) => ({ value: i.code, label: i.label }))), initial: (x: Detail) => x.items.map((i) => i.code) },
        { key: 'consumables', kind: 'text', max: 200, label: 'homeservice.consumables', wide: true },
        { key: 'signature', kind: 'signature', label: 'homeservice.signature', required: true },
      ],
    },
    pay: { what: 'homeservice.payWhat', first: true, fields: [{ key: 'fee_cents', kind: 'yuan', label: 'homeservice.feeField', hint: 'homeservice.feeHint', required: true, initial: () => '0' }] },
    cancel: { what: 'homeservice.cancelWhat', danger: true, fields: [{ key: 'reason', kind: 'area', max: 100, label: 'case.reason', required: true }] },
    rate: { what: 'homeservice.rateWhat', hidden: true },
  },
  also: ['/api/v1/tasks'],
  opening: {
    path: '/api/v1/home-services', permission: 'homeservice.ask', label: 'homeservice.new', what: 'homeservice.newWhat', done: 'homeservice.made',
    fields: [
      { key: 'resident_id', kind: 'resident', label: 'case.resident', required: true },
      { key: 'applicant', kind: 'choice', label: 'homeservice.applicant', required: true, options: choices('applicants') },
      { key: 'wish_on', kind: 'day', label: 'homeservice.wish', from: thisDay },
      { key: 'items', kind: 'many', label: 'homeservice.items', required: true, options: choices('items') },
      { key: 'address', kind: 'text', max: 100, label: 'homeservice.address', wide: true },
      { key: 'note', kind: 'area', max: 200, label: 'homeservice.note' },
    ],
  },
})
