import { describe, expect, it } from 'vitest'
import { noAnswer, Problem } from '@/api/problem'
import { useSubmit } from './submit'

describe('one form', () => {
  it('takes a double tap for one', async () => {
    const { submit, busy } = useSubmit()
    let answer: (v: string) => void = () => undefined
    let runs = 0
    const run = () => {
      runs++
      return new Promise<string>((resolve) => (answer = resolve))
    }
    const first = submit(run)
    expect(busy.value).toBe(true)
    expect(await submit(run)).toBeUndefined()
    answer('done')
    expect(await first).toBe('done')
    expect(runs).toBe(1)
    expect(busy.value).toBe(false)
  })

  it('keeps its key over lost answers and tired servers, until the server has decided', async () => {
    const { submit, problem } = useSubmit()
    const keys: string[] = []
    const fates: (Problem | undefined)[] = [noAnswer(), new Problem(503, 'wechat_unavailable', '微信服务暂时不可用,请稍后再试'), new Problem(422, 'invalid', '请检查', { name: '请填写' }), undefined, undefined]
    for (const fate of fates) {
      await submit(async (key) => {
        keys.push(key)
        if (fate) throw fate
        return true
      })
      expect(problem.value?.message).toBe(fate?.message)
    }
    expect(new Set(keys.slice(0, 3)).size).toBe(1)
    expect(new Set(keys).size).toBe(3) // a corrected form is another request, and so is the next form
  })
})
