import { defineCase } from '@/cases/case'
import { optionsOf } from '@/cases/options'
import { dueAt, line, link, person, soft, tag, type Tone } from '@/cases/shown'
import { instant, thisDay } from '@/common/format'
import { can } from '@/session/session'
import { t } from '@/texts'
import CallTable from './CallTable.vue'
import type { Values } from '@/cases/fields'
import type { components } from '@/api/schema'

// Discharges: the hospital tells the team, which takes over; the hospital asks after the patient.

type Item = components['schemas']['DischargeItem']
const states = ['planned', 'notified', 'handed_over', 'closed', 'cancelled'] as const
const tones: Record<Item['status'], Tone> = { planned: 'info', notified: 'warn', handed_over: 'good', closed: 'good', cancelled: 'plain' }
const byCard = (v: Values) => v.how === 'card'

export default defineCase('/api/v1/discharges', '/api/v1/discharges/{id}', '/api/v1/discharges/{id}/move', {
  at: '/discharges',
  title: 'discharge.title',
  empty: 'discharge.empty',
  name: (x) => `${x.patient.name} ${x.no}`,
  tone: (x) => tones[x.status],
  due: (x) => (x.taken_at ? undefined : { at: x.take_over_by }),
  filters: [
    { key: 'box', kind: 'choice', label: 'discharge.box', options: optionsOf('discharge', ['in', 'out']), when: () => can('followup.write') },
    { key: 'state', kind: 'choice', label: 'case.anyState', options: optionsOf('discharge.state', states) },
    { key: 'call_due', kind: 'yes', label: 'discharge.callDue' },
    { key: 'late', kind: 'yes', label: 'discharge.late' },
  ],
  columns: [
    { label: 'case.resident', show: (x) => x.patient.name },
    { label: 'discharge.hospital', show: (x) => x.hospital_name },
    { label: 'discharge.discharged', show: (x) => [{ text: x.discharged_on }, x.complained && tag(t('discharge.complained'), 'danger')] },
    { label: 'discharge.takeOver', show: (x) => [x.taken_at ? soft(instant(x.taken_at)) : dueAt(x.take_over_by), x.late && tag(t('discharge.lateMark'), 'danger')] },
    { label: 'case.team', show: (x) => [{ text: x.team_name }, line(soft(x.institution_name))], opt: true },
  ],
  cards: [{
    title: 'discharge.facts',
    facts: (x) => [
      { label: 'case.resident', value: [can('resident.read') ? person(x.patient) : { text: x.patient.name }, soft(`${x.patient.age}岁 ${x.patient.phone}`), x.complained && tag(t('discharge.complained'), 'danger')] },
      { label: 'discharge.hospital', value: x.hospital_name },
      { label: 'discharge.hospitalNo', value: x.hospital_no },
      { label: 'discharge.attending', value: x.attending },
      { label: 'discharge.dates', value: `${x.admitted_on} 至 ${x.discharged_on}` },
      { label: 'discharge.diagnosis', value: x.diagnosis },
      { label: 'discharge.operation', value: x.operation },
      { label: 'discharge.medication', value: x.medication },
      { label: 'discharge.advice', value: x.advice },
      { label: 'discharge.revisit', value: x.revisit_on },
      { label: 'case.team', value: `${x.institution_name} ${x.team_name}` },
      { label: 'discharge.takenAt', value: x.taken_at ? instant(x.taken_at) : x.late ? tag(t('discharge.lateMark'), 'danger') : '' },
      { label: 'discharge.referral', value: x.referral_id && can('referral.read') ? link(t('discharge.referralLink'), '/referrals/' + x.referral_id) : '' },
    ],
  }],
  moves: {
    leave: { what: 'discharge.leaveWhat', first: true, fields: [{ key: 'discharged_on', kind: 'day', label: 'discharge.actual', required: true, to: thisDay, initial: thisDay }] },
    cancel: { what: 'discharge.cancelWhat', danger: true, fields: [{ key: 'reason', kind: 'area', max: 500, label: 'case.reason', required: true }] },
    hand_over: { what: 'discharge.handOverWhat', first: true, fields: [{ key: 'reason', kind: 'area', max: 500, label: 'discharge.plan', required: true }] },
    ask: { what: 'discharge.recordWhat', hidden: true }, // by level, in the table of calls
  },
  extra: CallTable,
  opening: {
    path: '/api/v1/discharges', permission: 'discharge.write', label: 'discharge.new', what: 'discharge.newWhat', done: 'discharge.made',
    fields: [
      { key: 'how', kind: 'choice', label: 'discharge.patient', options: [{ value: 'file', label: t('discharge.inScope') }, { value: 'card', label: t('discharge.byCard') }], initial: () => 'card', local: true },
      { key: 'resident_id', kind: 'resident', label: 'case.resident', required: true, when: (v) => !byCard(v) },
      { key: 'patient.name', kind: 'text', max: 50, label: 'discharge.name', required: true, when: byCard },
      { key: 'patient.id_number', kind: 'text', max: 18, label: 'discharge.idNumber', required: true, when: byCard },
      { key: 'planned', kind: 'tick', label: 'discharge.planned' },
      { key: 'admitted_on', kind: 'day', label: 'discharge.admitted', required: true, to: thisDay },
      { key: 'discharged_on', kind: 'day', label: 'discharge.discharged', required: true, initial: thisDay },
      { key: 'hospital_no', kind: 'text', max: 32, label: 'discharge.hospitalNo', required: true },
      { key: 'attending', kind: 'text', max: 32, label: 'discharge.attending', required: true },
      { key: 'diagnosis', kind: 'area', max: 500, label: 'discharge.diagnosis', required: true },
      { key: 'operation', kind: 'area', max: 500, label: 'discharge.operation' },
      { key: 'medication', kind: 'area', max: 500, label: 'discharge.medication' },
      { key: 'advice', kind: 'area', max: 500, label: 'discharge.advice' },
      { key: 'revisit_on', kind: 'day', label: 'discharge.revisit' },
      { key: 'complained', kind: 'tick', label: 'discharge.complainedField' },
    ],
  },
})
