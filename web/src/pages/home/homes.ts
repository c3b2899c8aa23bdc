import { computed } from 'vue'
import { useGet } from '@/api/query'

/** The homes as choices. */
export function homeOptions() {
  const q = useGet('/api/v1/nursing-homes', { query: { limit: 100 } })
  return computed(() => (q.data.value?.items ?? []).map((h) => ({ value: h.id, label: h.name })))
}
