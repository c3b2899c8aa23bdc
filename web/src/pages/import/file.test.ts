import { describe, expect, it } from 'vitest'
import { fault, handled, largest } from './file'

describe('a file to import', () => {
  it('is one spreadsheet that holds something and is not too large', () => {
    expect(fault([{ name: '名单.XLSX', size: 1 }])).toBeNull()
    expect(fault([{ name: 'list.csv', size: largest }])).toBeNull()
    expect(fault([])?.text).toBe('imports.one')
    expect(fault([{ name: 'a.csv', size: 1 }, { name: 'b.csv', size: 1 }])?.text).toBe('imports.one')
    expect(fault([{ name: '名单.pdf', size: 1 }])).toEqual({ text: 'imports.kind', args: { name: '名单.pdf' } })
    expect(fault([{ name: 'a.csv', size: 0 }])?.text).toBe('imports.empty')
    expect(fault([{ name: 'a.csv', size: largest + 1 }])?.text).toBe('imports.large')
  })
  it('counts the rows that were looked at', () => {
    expect(handled({ created: 1, updated: 2, unchanged: 3, failed: 4 })).toBe(10)
  })
})
