import { defineCase } from '@/cases/case'
import { optionsOf } from '@/cases/options'
import { dueAt, link, soft, tag, type Tone } from '@/cases/shown'
import { deadline, instant } from '@/common/format'
import { can } from '@/session/session'
import { t } from '@/texts'
import RevealComplainant from './RevealComplainant.vue'
import type { components } from '@/api/schema'

// Complaints: the officer sends them to whoever has to answer, who answers in time.

type Item = components['schemas']['ComplaintItem']
const states = ['received', 'assigned', 'processing', 'replied', 'visited', 'closed', 'reopened'] as const
const channels = ['12345', 'zaojiejue', 'yijianma', 'miniprogram', 'window'] as const
const categories = ['attitude', 'signing', 'fees', 'quality', 'appointment', 'medicine', 'privacy', 'other'] as const
const tones: Record<Item['status'], Tone> = { received: 'warn', assigned: 'info', processing: 'info', replied: 'brand', visited: 'brand', closed: 'good', reopened: 'danger' }
const unit = (u: Item['about']) => (u ? u.team_name ?? u.institution_name : '')
const answered = (x: Item) => (x.replied_at ? tag(t(x.on_time ? 'complaint.onTime' : 'complaint.late'), x.on_time ? 'good' : 'danger') : undefined)
const handler = (required: boolean) => [
  { key: 'institution_id', kind: 'institution', label: 'complaint.inst', required, receives: false, initial: (x: Item) => x.about?.institution_id },
  { key: 'team_id', kind: 'team', label: 'complaint.team', hint: 'complaint.teamHint' },
] as const

export default defineCase('/api/v1/complaints', '/api/v1/complaints/{id}', '/api/v1/complaints/{id}/move', {
  at: '/complaints',
  title: 'complaint.title',
  empty: 'complaint.empty',
  name: (x) => `${x.category_label} ${x.no}`,
  tone: (x) => tones[x.status],
  due: (x) => (x.replied_at ? undefined : { at: x.due_at }),
  filters: [
    { key: 'status', kind: 'choice', label: 'case.anyState', options: optionsOf('complaint.state', states) },
    { key: 'channel', kind: 'choice', label: 'complaint.channel', options: optionsOf('complaint.channels', channels) },
    { key: 'category', kind: 'choice', label: 'complaint.category', options: optionsOf('complaint.categories', categories) },
    { key: 'due_in_hours', kind: 'choice', label: 'complaint.dueSoon', options: [{ value: '24', label: t('complaint.due24') }, { value: '72', label: t('complaint.due72') }] },
    { key: 'overdue', kind: 'yes', label: 'case.overdue' },
  ],
  columns: [
    { label: 'case.no', show: (x) => x.no },
    { label: 'complaint.category', show: (x) => [{ text: x.category_label }, x.urgent && tag(t('complaint.urgent'), 'danger')] },
    { label: 'complaint.dueAt', show: (x) => [x.replied_at ? answered(x) : dueAt(x.due_at), !x.replied_at && soft(deadline(x.due_at))] },
    { label: 'complaint.channel', show: (x) => x.channel_label, opt: true },
    { label: 'complaint.who', show: (x) => x.name, opt: true },
    { label: 'complaint.handler', show: (x) => (x.handler ? unit(x.handler) : tag(t('complaint.unassigned'), 'warn')) },
  ],
  cards: [
    {
      title: 'complaint.facts',
      facts: (x) => [
        { label: 'complaint.content', value: x.content },
        { label: 'complaint.category', value: [{ text: x.category_label }, x.urgent && tag(t('complaint.urgent'), 'danger')] },
        { label: 'complaint.channel', value: [{ text: x.channel_label }, soft(x.source_no ?? '')] },
        { label: 'complaint.who', value: [x.resident_id && can('resident.read') ? link(x.name, '/residents/' + x.resident_id) : { text: x.name }, soft(x.phone), x.anonymous && tag(t('complaint.anonymous'), 'warn')] },
        { label: 'complaint.about', value: x.about ? [{ text: x.about.institution_name }, { text: x.about.team_name ?? '' }] : '' },
        { label: 'complaint.handler', value: x.handler ? [{ text: x.handler.institution_name }, { text: x.handler.team_name ?? '' }] : tag(t('complaint.unassigned'), 'warn') },
        { label: 'complaint.received', value: instant(x.received_at) },
        { label: 'complaint.dueAt', value: deadline(x.due_at) },
        { label: 'complaint.dispatches', value: x.dispatches > 1 ? t('complaint.sum', { n: x.dispatches }) : '' },
        { label: 'complaint.reopens', value: x.reopens ? t('complaint.sum', { n: x.reopens }) : '' },
      ],
    },
    {
      title: 'complaint.answerCard',
      facts: (x) => [
        { label: 'complaint.result', value: x.result },
        { label: 'complaint.replied', value: x.replied_at ? [{ text: instant(x.replied_at) }, answered(x)] : '' },
        { label: 'complaint.visitedAt', value: x.visited_at ? instant(x.visited_at) : '' },
        { label: 'complaint.satisfaction', value: x.satisfaction_label },
        { label: 'complaint.resolved', value: x.resolved === undefined ? '' : tag(t(x.resolved ? 'complaint.yes' : 'complaint.no'), x.resolved ? 'good' : 'danger') },
        { label: 'complaint.closedAt', value: x.closed_at ? instant(x.closed_at) : '' },
      ],
    },
  ],
  moves: {
    assign: { what: 'complaint.assignWhat', first: true, fields: [...handler(true)] },
    reassign: { what: 'complaint.reassignWhat', fields: [...handler(true), { key: 'reason', kind: 'area', max: 200, label: 'case.reason', required: true }] },
    take: { what: 'complaint.takeWhat', first: true },
    return: { what: 'complaint.returnWhat', danger: true, fields: [{ key: 'reason', kind: 'area', max: 200, label: 'case.reason', required: true }] },
    reply: { what: 'complaint.replyWhat', first: true, fields: [{ key: 'result', kind: 'area', max: 1000, label: 'complaint.result', required: true }] },
    visit: {
      what: 'complaint.visitWhat', first: true,
      fields: [{ key: 'satisfaction', kind: 'choice', label: 'complaint.satisfaction', required: true, options: optionsOf('complaint.satisfactions', ['satisfied', 'mostly', 'unsatisfied', 'not_rated']) }, { key: 'resolved', kind: 'yesno', label: 'complaint.resolved', required: true }],
    },
    close: { what: 'complaint.closeWhat', first: true },
    reopen: { what: 'complaint.reopenWhat', danger: true, fields: [{ key: 'reason', kind: 'area', max: 200, label: 'case.reason', required: true }] },
  },
  extra: RevealComplainant,
  opening: {
    path: '/api/v1/complaints', permission: 'complaint.file', label: 'complaint.new', what: 'complaint.newWhat', done: 'complaint.made',
    fields: [
      { key: 'channel', kind: 'choice', label: 'complaint.channel', required: true, options: optionsOf('complaint.channels', ['12345', 'zaojiejue', 'yijianma', 'window']), initial: () => '12345' },
      { key: 'source_no', kind: 'text', max: 64, label: 'complaint.sourceNo' },
      { key: 'category', kind: 'choice', label: 'complaint.category', required: true, options: optionsOf('complaint.categories', categories) },
      { key: 'urgent', kind: 'tick', label: 'complaint.urgent' },
      { key: 'content', kind: 'area', max: 1000, label: 'complaint.content', required: true },
      { key: 'name', kind: 'text', max: 50, label: 'complaint.name' },
      { key: 'phone', kind: 'text', max: 32, label: 'complaint.phone' },
      { key: 'anonymous', kind: 'tick', label: 'complaint.anonymous' },
      { key: 'institution_id', kind: 'institution', label: 'complaint.aboutInst' },
      { key: 'team_id', kind: 'team', label: 'complaint.aboutTeam' },
    ],
  },
})
