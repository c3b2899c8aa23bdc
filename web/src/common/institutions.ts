import { computed, watchEffect } from 'vue'
import { useList } from '@/api/query'

/** Every institution of the district: the list is read to its end. */
export function useInstitutions() {
  const list = useList('/api/v1/institutions', { query: { limit: 100 } })
  watchEffect(() => {
    if (list.hasNextPage.value && !list.isFetchingNextPage.value && !list.error.value) void list.fetchNextPage()
  })
  return { ...list, loading: computed(() => list.isPending.value || (list.hasNextPage.value && !list.error.value)) }
}
