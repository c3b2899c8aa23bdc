import { expect, it } from 'vitest'
import type { Form } from '@/api/types'
import { check, filled, first } from './form'

const form = {
  name: '', program: 'hypertension', rule_version: '1', fields: [
    { key: 'sbp', label: '收缩压', type: 'int', min: 60, max: 300, required: true, required_unless: [{ field: 'visit_way', in: [3] }], required_when: [{ field: 'dbp' }] },
    { key: 'dbp', label: '舒张压', type: 'int', min: 30, max: 200 },
    { key: 'symptoms', label: '症状', type: 'codes', required: true },
    { key: 'symptom_other', label: '其他症状', type: 'text', required_when: [{ field: 'symptoms', in: [10] }] },
    { key: 'bmi', label: '体质指数', type: 'decimal', computed: { formula: 'bmi' } },
  ],
} as unknown as Form

it('asks for what the way of the visit needs', () => {
  expect(first(form, {}, 1).map((f) => f.key)).toEqual(['sbp', 'symptoms'])
  expect(first(form, {}, 3).map((f) => f.key)).toEqual(['symptoms'])
  expect(first(form, { dbp: '80', symptoms: [10] }, 3).map((f) => f.key)).toEqual(['sbp', 'dbp', 'symptoms', 'symptom_other'])
})

it('names what is wrong by field', () => {
  expect(check(form, { sbp: '301', symptoms: [1] }, 1)).toEqual({ sbp: '收缩压应在60–300之间' })
  expect(Object.keys(check(form, { symptoms: [10] }, 1))).toEqual(['sbp', 'symptom_other'])
})

it('sends numbers as numbers and nothing empty', () => {
  expect(filled(form, { sbp: '152', dbp: '', symptoms: [], bmi: 24 })).toEqual({ sbp: 152 })
})
