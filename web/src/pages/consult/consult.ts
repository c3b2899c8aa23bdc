import { defineCase } from '@/cases/case'
import { optionsOf } from '@/cases/options'
import { dueAt, line, person, soft, tag, type Tone } from '@/cases/shown'
import { instant } from '@/common/format'
import { can } from '@/session/session'
import { t } from '@/texts'
import type { components } from '@/api/schema'

// Remote consults: a team asks, a centre reports, another of it signs the report.

type Item = components['schemas']['ConsultItem']
type Detail = components['schemas']['ConsultDetail']
const states = ['requested', 'accepted', 'in_progress', 'reported', 'signed', 'closed', 'rejected', 'cancelled'] as const
const kinds = ['opinion', 'imaging', 'ecg', 'lab'] as const
const tones: Partial<Record<Item['status'], Tone>> = { requested: 'warn', accepted: 'info', in_progress: 'info', reported: 'info', signed: 'good', closed: 'good', rejected: 'danger' }

export default defineCase('/api/v1/consults', '/api/v1/consults/{id}', '/api/v1/consults/{id}/move', {
  at: '/consults',
  title: 'consult.title',
  empty: 'consult.empty',
  name: (x) => `${x.kind_label} ${x.no}`,
  tone: (x) => tones[x.status] ?? 'plain',
  due: (x) => ({ at: x.due_at }),
  filters: [
    { key: 'box', kind: 'choice', label: 'consult.box', options: optionsOf('consult', ['in', 'out']) },
    { key: 'state', kind: 'choice', label: 'case.anyState', options: optionsOf('consult.state', states) },
    { key: 'kind', kind: 'choice', label: 'consult.anyKind', options: optionsOf('consult.kinds', kinds) },
    { key: 'overdue', kind: 'yes', label: 'case.overdue' },
    { key: 'emergency', kind: 'yes', label: 'consult.emergency' },
  ],
  columns: [
    { label: 'case.resident', show: (x) => x.patient.name },
    { label: 'consult.kind', show: (x) => [{ text: x.kind_label }, x.emergency && tag(t('consult.urgent'), 'danger')] },
    { label: 'case.due', show: (x) => dueAt(x.due_at) },
    { label: 'case.team', show: (x) => [{ text: x.team_name }, line(soft(x.doctor_name))] },
    { label: 'consult.centre', show: (x) => x.centre_name },
    { label: 'case.created', show: (x) => instant(x.created_at), opt: true },
  ],
  cards: [
    {
      title: 'consult.question',
      facts: (x) => [
        { label: 'case.resident', value: [can('resident.read') && x.patient.record_no ? person(x.patient) : { text: x.patient.name }, soft(`${x.patient.age}岁 ${x.patient.phone}`)] },
        { label: 'consult.kind', value: [{ text: x.kind_label }, x.emergency && tag(t('consult.urgent'), 'danger')] },
        { label: 'case.team', value: `${x.institution_name} ${x.team_name}` },
        { label: 'consult.doctor', value: x.doctor_name },
        { label: 'consult.centre', value: x.centre_name },
        { label: 'consult.expected', value: x.expected_at ? instant(x.expected_at) : '' },
        { label: 'consult.purpose', value: x.purpose },
        { label: 'consult.material', value: x.material },
        { label: 'consult.escalated', value: x.escalated_at ? instant(x.escalated_at) : '' },
      ],
    },
    {
      title: 'consult.report',
      facts: (x) => [
        { label: 'consult.findings', value: x.findings },
        { label: 'consult.opinion', value: x.opinion },
        { label: 'consult.reporter', value: x.reporter_name ? [{ text: x.reporter_name }, soft(instant(x.reported_at))] : '' },
        { label: 'consult.signer', value: x.signer_name ? [{ text: x.signer_name }, soft(instant(x.signed_at))] : '' },
      ],
    },
  ],
  moves: {
    cancel: { what: 'consult.cancelWhat', danger: true, fields: [{ key: 'reason', kind: 'area', max: 500, label: 'case.reason', required: true }] },
    accept: { what: 'consult.acceptWhat', first: true },
    reject: { what: 'consult.rejectWhat', danger: true, fields: [{ key: 'reason', kind: 'area', max: 500, label: 'case.reason', required: true }] },
    begin: { what: 'consult.beginWhat', first: true },
    report: {
      what: 'consult.reportWhat', first: true,
      fields: [
        { key: 'findings', kind: 'area', max: 1000, label: 'consult.findings', initial: (x: Detail) => x.findings },
        { key: 'opinion', kind: 'area', max: 1000, label: 'consult.opinion', required: true, initial: (x: Detail) => x.opinion },
      ],
    },
    sign: { what: 'consult.signWhat', first: true },
    close: { what: 'consult.closeWhat', first: true },
  },
  opening: {
    path: '/api/v1/consults', permission: 'consult.write', label: 'consult.new', what: 'consult.newWhat', done: 'consult.made',
    fields: [
      { key: 'resident_id', kind: 'resident', label: 'case.resident', required: true },
      { key: 'kind', kind: 'choice', label: 'consult.kind', required: true, options: optionsOf('consult.kinds', kinds) },
      { key: 'centre_id', kind: 'institution', receives: true, label: 'consult.centre', required: true },
      { key: 'expected_at', kind: 'at', label: 'consult.expected' },
      { key: 'emergency', kind: 'tick', label: 'consult.urgent' },
      { key: 'purpose', kind: 'area', max: 500, label: 'consult.purpose', required: true },
      { key: 'material', kind: 'area', max: 1000, label: 'consult.material', required: true },
    ],
  },
})
