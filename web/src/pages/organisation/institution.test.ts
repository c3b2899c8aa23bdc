import { describe, expect, it } from 'vitest'
import { asTree, type Institution } from './institution'

describe('the tree of institutions', () => {
  it('puts everything below its parent, whatever the order', () => {
    const list = [['3', '2'], ['1', undefined], ['2', '1'], ['4', '1'], ['9', '77']].map(([id, parent_id]) => ({ id, parent_id }) as Institution)
    expect(asTree(list).map((x) => [x.row.id, x.depth])).toEqual([['1', 0], ['2', 1], ['3', 2], ['4', 1], ['9', 0]])
  })
})
