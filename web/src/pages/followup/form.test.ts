import { describe, expect, it } from 'vitest'
import { fault, faults, filled, isRequired, reckon, toggle, type Field, type FormSpec } from './form'

const sbp = { key: 'sbp', label: '收缩压', type: 'int', min: 60, max: 300, required: true, required_unless: [{ field: 'visit_way', in: [3, 4] }], required_when: [{ field: 'dbp' }] } as Field
const symptoms = { key: 'symptoms', label: '症状', type: 'codes', exclusive: [1] } as Field
const other = { key: 'symptom_other', label: '其他症状', type: 'text', required_when: [{ field: 'symptoms', in: [10] }] } as Field
const spec = { name: '', program: 'hypertension', rule_version: '', fields: [symptoms, other, sbp, { key: 'dbp', label: '舒张压', type: 'int' } as Field], relations: [{ greater: 'sbp', than: 'dbp' }] } as FormSpec

describe('a form', () => {
  it('wants a pressure face to face, not by phone, and both when one is given', () => {
    expect(isRequired(sbp, {}, 1)).toBe(true)
    expect(isRequired(sbp, {}, 3)).toBe(false)
    expect(isRequired(sbp, { dbp: 80 }, 3)).toBe(true)
  })
  it('wants the words of an "other" that was ticked', () => {
    expect(isRequired(other, { symptoms: [2, 10] }, 1)).toBe(true)
    expect(isRequired(other, { symptoms: [2] }, 1)).toBe(false)
  })
  it('names what is wrong', () => {
    expect(fault(sbp, 301)).toContain('300')
    expect(fault(sbp, 120.5)).not.toBe('')
    expect(fault(sbp, 300)).toBe('')
    expect(fault({ key: 'w', label: '', type: 'decimal', places: 1 } as Field, 62.15)).not.toBe('')
    expect(fault({ key: 'w', label: '', type: 'decimal', places: 1 } as Field, 62.3)).toBe('')
    expect(faults(spec, { symptoms: [1], sbp: 80, dbp: 90 }, 1).get('sbp')).toContain('舒张压')
    expect([...faults(spec, {}, 1).keys()]).toEqual(['sbp'])
  })
  it('lets "none" stand alone', () => {
    expect(toggle(symptoms, [2, 3], 1)).toEqual([1])
    expect(toggle(symptoms, [1], 3)).toEqual([3])
    expect(toggle(symptoms, [3], 3)).toEqual([])
  })
  it('reckons what follows from the rest, and only that', () => {
    const bmi = { key: 'bmi', label: '', type: 'decimal', places: 1, computed: { formula: 'bmi', from: ['weight', 'height'] } } as Field
    expect(reckon(bmi, { weight: 65, height: 170 })).toBe(22.5)
    expect(reckon(bmi, { weight: 65 })).toBeUndefined()
    expect(reckon({ ...bmi, computed: { formula: 'sum', from: ['weight'], server_only: true } } as Field, { weight: 1 })).toBeUndefined()
  })
  it('sends nothing empty', () => {
    expect(filled({ a: '', b: undefined, c: 0, d: [], e: [{ name: 'x', dose: undefined }], f: false })).toEqual({ c: 0, e: [{ name: 'x' }], f: false })
  })
})
