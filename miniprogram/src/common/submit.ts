import { ref } from 'vue'
import { newKey } from '@/api/client'
import { asProblem, type Problem } from '@/api/problem'

/**
 * One form's sending: a second tap while it runs does nothing, and the key stays the same
 * until the server has decided, so that a lost answer never doubles the effect.
 */
export function useSubmit() {
  const busy = ref(false)
  const problem = ref<Problem>()
  let key = newKey()
  async function submit<T>(run: (key: string) => Promise<T>): Promise<T | undefined> {
    if (busy.value) return undefined
    busy.value = true
    problem.value = undefined
    try {
      const out = await run(key)
      key = newKey()
      return out
    } catch (e) {
      problem.value = asProblem(e)
      if (!problem.value.temporary) key = newKey()
      return undefined
    } finally {
      busy.value = false
    }
  }
  return { busy, problem, submit }
}
