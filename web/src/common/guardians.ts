import { useQueries } from '@tanstack/vue-query'
import { computed } from 'vue'
import { get } from '@/api/client'
import { keyOf, useGet } from '@/api/query'
import type { Option } from '@/cases/fields'

/** Who may sign for a resident: the living guardians, by name where one may be read. */
export function useGuardians(resident: () => string | undefined) {
  const q = useGet('/api/v1/residents/{id}/guardians', () => ({ path: { id: resident() ?? '' } }), { enabled: computed(() => !!resident()) })
  const list = computed(() => (q.data.value?.items ?? []).filter((g) => g.ward_id === resident()))
  const people = useQueries({
    queries: computed(() => list.value.map((g) => ({
      queryKey: keyOf('/api/v1/residents/{id}', { path: { id: g.guardian_id } }),
      queryFn: () => get('/api/v1/residents/{id}', { path: { id: g.guardian_id } }),
      retry: false,
    }))),
  })
  return computed<Option[]>(() => list.value.map((g, n) => ({ value: g.guardian_id, label: [people.value[n]?.data?.name, g.relation_label].filter(Boolean).join(' · ') })))
}
