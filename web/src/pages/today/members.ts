import { computed } from 'vue'
import { useGet } from '@/api/query'
import { me } from '@/session/session'

/** The members of the person's first team; nobody for those above the teams. */
export function useMembers() {
  const team = computed(() => me.value?.teams?.[0]?.id ?? '')
  const q = useGet('/api/v1/teams/{id}', () => ({ path: { id: team.value } }), { enabled: computed(() => team.value !== '') })
  return computed(() => q.data.value?.members ?? [])
}
