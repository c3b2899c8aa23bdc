import { computed } from 'vue'
import { useGet } from '@/api/query'
import { me } from '@/session/session'

/** The members of a team, else of the person's first; nobody for those above the teams. */
export function useMembers(of?: () => string) {
  const team = computed(() => of?.() || (me.value?.teams?.[0]?.id ?? ''))
  const q = useGet('/api/v1/teams/{id}', () => ({ path: { id: team.value } }), { enabled: computed(() => team.value !== '') })
  return computed(() => q.data.value?.members ?? [])
}
