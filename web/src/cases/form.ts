import { computed, ref, shallowRef } from 'vue'
import { useAction } from '@/common/action'
import { t } from '@/texts'
import { bodyOf, initialOf, missingOf, type Field, type Values } from './fields'

/** A described form as it is filled in: its values, what is wrong, and sending it once. */
export function useForm(fields: () => readonly Field[], of: () => unknown) {
  const values = ref<Values>({})
  const tried = shallowRef(false)
  const { busy, problem, run, clear } = useAction()
  const errors = computed(() => new Map<string, string>([
    ...(problem.value?.fields ?? []),
    ...(tried.value ? missingOf(fields(), values.value, of()).map((f) => [f.key, t('followup.need', { label: t(f.label) })] as const) : []),
  ]))
  // What no field of the form shows is said as a whole.
  const rest = computed(() => {
    const p = problem.value
    const known = (k: string) => fields().some((f) => k === f.key || k.startsWith(f.key + '['))
    return p !== null && p.fields.size > 0 && [...p.fields.keys()].every(known) ? null : p
  })

  function begin(over: Values = {}) {
    tried.value = false
    clear()
    values.value = { ...initialOf(fields(), of()), ...over }
  }
  async function send<T>(how: (key: string, body: Record<string, unknown>) => Promise<T>): Promise<T | undefined> {
    tried.value = true
    if (missingOf(fields(), values.value, of()).length) return undefined
    const body = bodyOf(fields(), values.value, of())
    return run(body, (key) => how(key, body))
  }
  return { values, busy, problem, rest, errors, begin, send }
}
