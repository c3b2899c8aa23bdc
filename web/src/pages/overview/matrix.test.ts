import { describe, expect, it } from 'vitest'
import { matrix } from './matrix'

describe('the dashboard as a table', () => {
  it('has a row a scope and a cell a population, and marks what reached its target', () => {
    const d = { populations: [{ code: 'all', label: '', target: null }, { code: '03', label: '', target: 80 }, { code: '04', label: '', target: null }], scopes: [{ id: '6', name: '甲', disputed: 0 }], residents: [[10, 4, 0]], signed: [[8, 3, 0]], rate: [[80, 75, null]], fulfilment: [[50, null, null]] }
    const national = (p: string) => (p === 'all' ? 75 : null)
    expect(matrix(d as never, 'rate', national)).toEqual([{ id: '6', name: '甲', cells: [
      { value: 80, residents: 10, signed: 8, reached: true }, { value: 75, residents: 4, signed: 3, reached: false }, { value: null, residents: 0, signed: 0, reached: null },
    ] }])
    expect(matrix(d as never, 'fulfilment', national)[0]?.cells[0]).toEqual({ value: 50, residents: 10, signed: 8, reached: null })
  })
})
