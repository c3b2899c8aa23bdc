import { defineCase } from '@/cases/case'
import { optionsOf } from '@/cases/options'
import { dueOn, link, person, soft, tag, type Tone } from '@/cases/shown'
import { t } from '@/texts'
import DrugTable from './DrugTable.vue'
import type { components } from '@/api/schema'

// Long prescriptions: assessed by the doctor, agreed to by the resident, reviewed by a pharmacist.

type Item = components['schemas']['PrescriptionItem']
type Detail = components['schemas']['PrescriptionDetail']
const states = ['requested', 'assessed', 'signed', 'reviewed', 'returned', 'issued', 'dispensed', 'refused', 'cancelled'] as const
const tones: Partial<Record<Item['status'], Tone>> = { requested: 'warn', assessed: 'warn', signed: 'warn', reviewed: 'info', issued: 'info', returned: 'danger', refused: 'danger', cancelled: 'plain' }

export default defineCase('/api/v1/prescriptions', '/api/v1/prescriptions/{id}', '/api/v1/prescriptions/{id}/move', {
  at: '/prescriptions',
  title: 'prescription.title',
  empty: 'prescription.empty',
  name: (x) => `${x.resident_name} ${x.program_label}`,
  tone: (x) => tones[x.status] ?? 'good',
  filters: [
    { key: 'status', kind: 'choice', label: 'case.anyState', options: optionsOf('prescription.state', states) },
    { key: 'team_id', kind: 'team', label: 'case.anyTeam' },
  ],
  columns: [
    { label: 'case.resident', show: (x) => x.resident_name },
    { label: 'prescription.program', show: (x) => x.program_label },
    { label: 'prescription.drugs', show: (x) => x.lines.map((l) => l.name).join('、') },
    { label: 'prescription.days', show: (x) => [{ text: t('prescription.nDays', { n: x.days }) }, x.needs_signature && tag(t('prescription.needsSign'), 'info')] },
    { label: 'prescription.supply', show: (x) => (x.status === 'dispensed' ? dueOn(x.supply_ends) : x.supply_ends) },
    { label: 'case.team', show: (x) => x.team_name, opt: true },
  ],
  cards: [{
    title: 'prescription.facts',
    facts: (x) => [
      { label: 'case.resident', value: person(x) },
      { label: 'prescription.program', value: x.program_label },
      { label: 'prescription.days', value: [{ text: t('prescription.nDays', { n: x.days }) }, x.needs_signature && tag(t('prescription.needsSign'), 'info')] },
      { label: 'case.team', value: x.team_name },
      { label: 'prescription.previous', value: x.previous_id ? link(t('prescription.previousLink'), '/prescriptions/' + x.previous_id) : '' },
      { label: 'prescription.assessment', value: x.assessment },
      { label: 'prescription.assessor', value: x.assessor_name ? [{ text: x.assessor_name }, soft(x.assessed_on ?? '')] : '' },
      { label: 'prescription.signed', value: x.signed ? tag(t('prescription.hasSigned'), 'good') : '' },
      { label: 'prescription.reviewer', value: x.reviewer_name },
      { label: 'prescription.issued', value: x.issued_on },
      { label: 'prescription.supply', value: x.supply_ends ? [{ text: x.supply_ends }, x.status === 'dispensed' ? dueOn(x.supply_ends) : undefined] : '' },
    ],
  }],
  moves: {
    assess: { what: 'prescription.assessWhat', first: true, fields: [{ key: 'assessment', kind: 'area', max: 200, label: 'prescription.assessment', required: true }] },
    refuse: { what: 'prescription.refuseWhat', danger: true, fields: [{ key: 'reason', kind: 'area', max: 100, label: 'case.reason', required: true }] },
    sign: {
      what: 'prescription.signWhat', first: true,
      fields: [
        { key: 'signature', kind: 'signature', label: 'prescription.signature', required: true, when: (_v, x: Detail) => x.needs_signature },
        { key: 'signature', kind: 'signature', label: 'prescription.signature', when: (_v, x: Detail) => !x.needs_signature },
      ],
    },
    pass: { what: 'prescription.passWhat', first: true },
    return: { what: 'prescription.returnWhat', danger: true, fields: [{ key: 'reason', kind: 'area', max: 100, label: 'case.reason', required: true }] },
    issue: { what: 'prescription.issueWhat', first: true },
    dispense: { what: 'prescription.dispenseWhat', first: true },
    cancel: { what: 'prescription.cancelWhat', danger: true, fields: [{ key: 'reason', kind: 'area', max: 100, label: 'case.reason', required: true }] },
  },
  extra: DrugTable,
  opening: {
    path: '/api/v1/prescriptions', permission: 'prescription.ask', label: 'prescription.new', what: 'prescription.newWhat', done: 'prescription.made',
    fields: [
      { key: 'resident_id', kind: 'resident', label: 'case.resident', required: true },
      { key: 'program', kind: 'choice', label: 'prescription.program', required: true, options: optionsOf('prescription.programs', ['hypertension', 'diabetes', 'dyslipidaemia', 'copd', 'tuberculosis']) },
      {
        key: 'lines', kind: 'rows', label: 'prescription.lines', required: true, most: 5, add: 'prescription.addDrug',
        fields: [
          { key: 'name', kind: 'text', max: 60, label: 'prescription.drug', required: true },
          { key: 'class', kind: 'choice', label: 'prescription.class', required: true, options: optionsOf('prescription.classes', ['ordinary', 'chronic_antimicrobial']), initial: () => 'ordinary' },
          { key: 'dose', kind: 'text', max: 30, label: 'prescription.dose', required: true },
          { key: 'frequency', kind: 'text', max: 30, label: 'prescription.frequency', required: true },
          { key: 'days', kind: 'number', min: 1, max: 84, label: 'prescription.days', required: true },
        ],
      },
    ],
  },
})
