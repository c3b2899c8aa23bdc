import { computed } from 'vue'
import { useQueries } from '@tanstack/vue-query'
import { get } from '@/api/client'
import { useGet } from '@/api/query'

/** The earlier visits of a resident: what was filled in last, and what the rules need to know of them. */
export function useLast(resident: () => string, programs: () => string[]) {
  const visits = useGet('/api/v1/followups', () => ({ query: { resident_id: resident(), limit: 50 } }))
  const newest = computed(() => {
    const out = new Map<string, { id: string; on: string }>()
    for (const v of visits.data.value?.items ?? []) for (const x of v.programs) if (!out.has(x.program)) out.set(x.program, { id: v.id, on: v.visited_on })
    return out
  })
  const wanted = computed(() => programs().flatMap((code) => (newest.value.has(code) ? [newest.value.get(code)?.id as string] : [])))
  const details = useQueries({
    queries: computed(() => [...new Set(wanted.value)].map((id) => ({
      queryKey: ['/api/v1/followups/{id}', { path: { id } }], queryFn: () => get('/api/v1/followups/{id}', { path: { id } }),
    }))),
  })
  const forms = computed(() => {
    const out = new Map<string, { on: string; form: Record<string, unknown> }>()
    for (const code of programs()) {
      const at = newest.value.get(code)
      const detail = details.value.find((d) => d.data?.id === at?.id)?.data
      const form = detail?.programs[code]?.form as Record<string, unknown> | undefined
      if (at && form) out.set(code, { on: at.on, form })
    }
    return out
  })
  const previous = (code: string, before: string) => (visits.data.value?.items ?? [])
    .filter((v) => v.visited_on <= before)
    .flatMap((v) => v.programs.filter((x) => x.program === code).map((x) => ({ visited_on: v.visited_on, class: x.class, step: x.step })))
  return { forms, previous, visits, newest }
}
