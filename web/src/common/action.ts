import { ref, shallowRef } from 'vue'
import { asProblem, type Problem } from '@/api/problem'
import { newKey } from '@/api/uuid'
import { t } from '@/texts'

/**
 * Sends something once. Tried again with the same content it has the same Idempotency-Key,
 * so that an answer lost on the way never makes it happen twice; other content has another.
 */
export function useAction() {
  const busy = ref(false)
  const problem = shallowRef<Problem | null>(null)
  let key = ''
  let meant = ''

  async function run<T>(content: unknown, send: (key: string) => Promise<T>): Promise<T | undefined> {
    if (busy.value) return undefined
    const now = JSON.stringify(content ?? null)
    if (key === '' || now !== meant) [key, meant] = [newKey(), now]
    busy.value = true
    problem.value = null
    try {
      const out = await send(key)
      key = ''
      return out
    } catch (e) {
      problem.value = asProblem(e, t('problem.unknown'))
      if (!problem.value.unanswered) key = ''
      return undefined
    } finally {
      busy.value = false
    }
  }
  return { busy, problem, run, clear: () => { problem.value = null } }
}
