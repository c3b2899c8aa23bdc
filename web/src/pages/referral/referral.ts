import { computed } from 'vue'
import { useGet } from '@/api/query'
import { defineCase } from '@/cases/case'
import { optionsOf } from '@/cases/options'
import { dueAt, line, person, soft, tag, type Tone } from '@/cases/shown'
import { useGuardians } from '@/common/guardians'
import { addDays, instant, thisDay, today } from '@/common/format'
import { can } from '@/session/session'
import type { Field, Values } from '@/cases/fields'
import type { components } from '@/api/schema'

// Referral up, down and across: the team, the hospital and the referral centre see the same case.

type Item = components['schemas']['ReferralItem']
type Detail = components['schemas']['ReferralDetail']

const states = ['draft', 'submitted', 'accepted', 'rejected', 'cancelled', 'arrived', 'in_treatment', 'completed', 'no_show', 'transferred_on', 'down_submitted', 'down_accepted', 'closed', 'followed_up'] as const
const tones: Partial<Record<Item['status'], Tone>> = { draft: 'plain', submitted: 'warn', accepted: 'info', arrived: 'info', in_treatment: 'info', rejected: 'danger', no_show: 'danger', cancelled: 'plain', down_submitted: 'warn', down_accepted: 'warn' }
const result = (x: Item) => (x.result_label ? tag(x.result_label, x.result === 1 ? 'good' : 'danger') : undefined)

/** The reasons that suit the direction chosen. */
const reasons = (down: boolean) => () => {
  const q = useGet('/api/v1/referrals/reasons')
  return computed(() => (q.data.value?.items ?? []).filter((r) => (r.direction === 2) === down).map((r) => ({ value: String(r.code), label: r.label })))
}
const down = (v: Values) => v.direction === '2'
const guardians = (x: Detail) => useGuardians(() => x.patient.resident_id)

const summary = (when?: (v: Values) => boolean): Field[] => ([
  ['hospital_no', 'referral.hospitalNo', 32], ['attending', 'referral.attending', 32], ['findings', 'referral.findings', 500], ['diagnosis', 'referral.diagnosis', 500],
  ['outcome', 'referral.outcome', 500], ['rehab', 'referral.rehab', 500], ['plan', 'referral.plan', 500],
] as const).map(([key, label, max], n) => ({ key: 'summary.' + key, label, max, kind: max > 100 ? 'area' : 'text', required: true, when, ...(n === 0 ? { group: 'referral.summaryCard' as const } : {}) }))

const illness = (from: (x: Detail | null, key: 'impression' | 'impression_code' | 'present_illness' | 'past_history' | 'treatment' | 'reason_note') => string | undefined): Field[] => [
  { key: 'impression', kind: 'text', max: 100, label: 'referral.impression', required: true, group: 'referral.text', initial: (x) => from(x, 'impression') },
  { key: 'impression_code', kind: 'text', max: 16, label: 'referral.impressionCode', initial: (x) => from(x, 'impression_code') },
  { key: 'present_illness', kind: 'area', max: 500, label: 'referral.illness', required: true, initial: (x) => from(x, 'present_illness') },
  { key: 'past_history', kind: 'area', max: 500, label: 'referral.history', initial: (x) => from(x, 'past_history') },
  { key: 'treatment', kind: 'area', max: 500, label: 'referral.treatment', initial: (x) => from(x, 'treatment') },
  { key: 'reason_note', kind: 'area', max: 500, label: 'referral.reasonNote', initial: (x) => from(x, 'reason_note') },
]

export default defineCase('/api/v1/referrals', '/api/v1/referrals/{id}', '/api/v1/referrals/{id}/move', {
  at: '/referrals',
  title: 'referral.title',
  empty: 'referral.empty',
  name: (x) => `${x.direction_label} ${x.no}`,
  tone: (x) => tones[x.status] ?? 'good',
  due: (x) => ({ at: x.due_at }),
  filters: [
    { key: 'box', kind: 'choice', label: 'referral.box', options: optionsOf('referral', ['in', 'out']), when: () => can('referral.write') },
    { key: 'state', kind: 'choice', label: 'case.anyState', options: optionsOf('referral.state', states) },
    { key: 'overdue', kind: 'yes', label: 'case.overdue' },
    { key: 'urgent', kind: 'yes', label: 'referral.urgent' },
    { key: 'three_high', kind: 'yes', label: 'referral.threeHigh' },
  ],
  columns: [
    { label: 'referral.patient', show: (x) => [{ text: x.patient.name }] },
    { label: 'referral.direction', show: (x) => [tag(x.direction_label, 'brand'), x.urgency === 2 && tag(x.urgency_label, 'danger'), x.three_high && tag('三高', 'info')] },
    { label: 'case.due', show: (x) => [dueAt(x.due_at), x.overdue && x.escalated_at ? soft('已催办') : undefined, result(x)] },
    { label: 'case.team', show: (x) => [{ text: x.team.team_name }, line(soft(x.team.doctor_name))] },
    { label: 'referral.hospital', show: (x) => [{ text: x.hospital.institution_name }, line(soft(x.hospital.department))] },
    { label: 'referral.expected', show: (x) => x.expected_on, opt: true },
  ],
  cards: [
    {
      title: 'referral.facts',
      facts: (x) => [
        { label: 'referral.patient', value: [can('resident.read') ? person(x.patient) : { text: x.patient.name, strong: true }, soft(`${x.patient.age}岁 ${x.patient.phone} ${x.patient.record_no}`)] },
        { label: 'referral.urgency', value: [tag(x.urgency_label, x.urgency === 2 ? 'danger' : 'plain'), x.three_high && tag('三高', 'info')] },
        { label: 'case.team', value: `${x.team.institution_name} ${x.team.team_name} ${x.team.doctor_name}` },
        { label: 'referral.hospital', value: `${x.hospital.institution_name} ${x.hospital.department}` },
        { label: 'referral.expected', value: x.expected_on },
        { label: 'referral.receiver', value: x.hospital.receiver },
        { label: 'referral.reserve', value: x.hospital.reserve_no },
        { label: 'referral.reasons', value: x.reasons.map((r) => r.label).join('、') },
        { label: 'referral.reasonNote', value: x.reason_note },
        { label: 'referral.consent', value: x.consent ? `${x.consent.by_label} ${instant(x.consent.at)}` : tag('尚未同意', 'warn') },
        { label: 'referral.escalated', value: x.escalated_at ? instant(x.escalated_at) : '' },
        { label: 'referral.downOn', value: x.down_on },
        { label: 'referral.followDue', value: x.follow_due_on && !x.result ? [{ on: x.follow_due_on }, soft(x.follow_due_on)] : '' },
        { label: 'referral.result', value: [result(x), x.followed_on ? soft(x.followed_on) : undefined] },
        { label: 'referral.followNote', value: x.follow_note },
      ],
    },
    {
      title: 'referral.text',
      facts: (x) => [
        { label: 'referral.impression', value: [{ text: x.impression }, soft(x.impression_code ?? '')] },
        { label: 'referral.illness', value: x.present_illness },
        { label: 'referral.history', value: x.past_history },
        { label: 'referral.treatment', value: x.treatment },
      ],
    },
    {
      title: 'referral.summaryCard',
      facts: (x) => [
        { label: 'referral.hospitalNo', value: x.summary?.hospital_no }, { label: 'referral.attending', value: x.summary?.attending }, { label: 'referral.findings', value: x.summary?.findings },
        { label: 'referral.diagnosis', value: x.summary?.diagnosis }, { label: 'referral.outcome', value: x.summary?.outcome }, { label: 'referral.rehab', value: x.summary?.rehab }, { label: 'referral.plan', value: x.summary?.plan },
      ],
    },
  ],
  moves: {
    amend: {
      what: 'referral.amendWhat', amends: true,
      fields: [
        { key: 'direction', kind: 'choice', number: true, label: 'referral.direction', required: true, options: optionsOf('referral.directions', ['1', '3']), initial: (x: Detail) => String(x.direction) },
        { key: 'urgency', kind: 'choice', number: true, label: 'referral.urgency', required: true, options: optionsOf('referral.urgencies', ['1', '2']), initial: (x: Detail) => String(x.urgency) },
        { key: 'hospital_id', kind: 'institution', receives: true, label: 'referral.hospital', required: true, initial: (x: Detail) => x.hospital.institution_id },
        { key: 'department', kind: 'text', max: 32, label: 'referral.department', required: true, initial: (x: Detail) => x.hospital.department },
        { key: 'expected_on', kind: 'day', label: 'referral.expected', required: true, from: thisDay, initial: (x: Detail) => x.expected_on },
        { key: 'reasons', kind: 'many', number: true, label: 'referral.reasons', required: true, options: reasons(false), initial: (x: Detail) => x.reasons.map((r) => String(r.code)) },
        ...illness((x, key) => x?.[key]),
      ] as never,
    },
    consent: { what: 'referral.consentWhat', first: true, fields: [{ key: 'signer_id', kind: 'choice', label: 'referral.signer', hint: 'referral.signerHint', options: guardians }] },
    submit: { what: 'referral.submitWhat', first: true },
    cancel: { what: 'referral.cancelWhat', danger: true, fields: [{ key: 'reason', kind: 'area', max: 500, label: 'case.reason', required: true }] },
    withdraw: { what: 'referral.withdrawWhat', danger: true },
    accept: {
      what: 'referral.acceptWhat', first: true,
      fields: [
        { key: 'expected_on', kind: 'day', label: 'referral.expected', from: thisDay, initial: (x: Detail) => (x.expected_on < today() ? today() : x.expected_on) },
        { key: 'department', kind: 'text', max: 32, label: 'referral.department', initial: (x: Detail) => x.hospital.department },
        { key: 'receiver', kind: 'text', max: 32, label: 'referral.receiver' },
        { key: 'reserve_no', kind: 'text', max: 32, label: 'referral.reserve' },
      ],
    },
    reject: { what: 'referral.rejectWhat', danger: true, fields: [{ key: 'reason', kind: 'area', max: 500, label: 'case.reason', required: true }] },
    reassign: {
      what: 'referral.reassignWhat',
      fields: [{ key: 'hospital_id', kind: 'institution', receives: true, label: 'referral.hospital', required: true }, { key: 'department', kind: 'text', max: 32, label: 'referral.department' }, { key: 'reason', kind: 'area', max: 500, label: 'case.reason', required: true }],
    },
    arrive: { what: 'referral.arriveWhat', first: true },
    admit: { what: 'referral.admitWhat' },
    complete: { what: 'referral.completeWhat', first: true, fields: summary() as never },
    transfer_on: { what: 'referral.transferOnWhat', danger: true, fields: [{ key: 'reason', kind: 'area', max: 500, label: 'referral.where', required: true }] },
    send_down: { what: 'referral.sendDownWhat', first: true },
    close: { what: 'referral.closeWhat' },
    accept_down: { what: 'referral.acceptDownWhat', first: true },
    take_over: { what: 'referral.takeOverWhat', first: true, fields: [{ key: 'reason', kind: 'area', max: 500, label: 'referral.takeOver', required: true }] },
    follow_up: {
      what: 'referral.followWhat', first: true, path: '/api/v1/referrals/{id}/follow-up',
      fields: [
        { key: 'result', kind: 'choice', number: true, label: 'referral.result', required: true, options: optionsOf('referral.results', ['1', '2']) },
        { key: 'on', kind: 'day', label: 'referral.followed', to: thisDay, initial: thisDay },
        { key: 'note', kind: 'area', max: 500, label: 'case.note', hint: 'referral.whyNot' },
      ] as never,
    },
  },
  opening: {
    path: '/api/v1/referrals', permission: 'referral.write', label: 'referral.new', what: 'referral.newWhat', done: 'referral.made',
    fields: [
      { key: 'direction', kind: 'choice', number: true, label: 'referral.direction', required: true, options: optionsOf('referral.directions', ['1', '3', '2']), initial: () => '1' },
      { key: 'urgency', kind: 'choice', number: true, label: 'referral.urgency', required: true, options: optionsOf('referral.urgencies', ['1', '2']), initial: () => '1' },
      { key: 'resident_id', kind: 'resident', label: 'referral.patient', required: true, when: (v) => !down(v) },
      { key: 'patient.name', kind: 'text', max: 50, label: 'referral.name', required: true, hint: 'referral.whoHint', when: down },
      { key: 'patient.id_number', kind: 'text', max: 18, label: 'referral.idNumber', required: true, when: down },
      { key: 'hospital_id', kind: 'institution', receives: true, label: 'referral.hospital', required: true, when: (v) => !down(v) },
      { key: 'department', kind: 'text', max: 32, label: 'referral.department', required: true },
      { key: 'expected_on', kind: 'day', label: 'referral.expected', required: true, from: thisDay, initial: () => addDays(today(), 1) },
      { key: 'reasons', kind: 'many', number: true, label: 'referral.reasons', required: true, options: reasons(false), when: (v) => !down(v) },
      { key: 'reasons', kind: 'many', number: true, label: 'referral.reasons', required: true, options: reasons(true), when: down },
      ...illness(() => undefined),
      ...summary(down),
      { key: 'consent', kind: 'tick', label: 'referral.consentNow', wide: true, group: 'referral.consent' },
      { key: 'submit', kind: 'tick', label: 'referral.submitNow', wide: true, when: (v) => v.consent === true && !down(v) },
    ],
  },
})
