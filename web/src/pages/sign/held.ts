import { useQueries } from '@tanstack/vue-query'
import { computed } from 'vue'
import { get } from '@/api/client'
import { keyOf } from '@/api/query'
import type { components } from '@/api/schema'

type Contract = components['schemas']['Contract']
/** What stands in the way of another contract. */
export type Held = Contract & { status: 'applied' | 'offered' | 'active' }

const path = '/api/v1/contracts'
const stands = (c: Contract): c is Held => c.status === 'applied' || c.status === 'offered' || c.status === 'active'

/** The contract that each of some residents holds or has asked for; the server would refuse another. */
export function useHeld(residents: () => readonly string[]) {
  const answers = useQueries({
    queries: computed(() => residents().map((id) => {
      const params = { query: { resident_id: id, limit: 50 } }
      return { queryKey: keyOf(path, params), queryFn: ({ signal }: { signal: AbortSignal }) => get(path, params, signal) }
    })),
  })
  const held = computed(() => new Map(residents().map((id, n) => [id, answers.value[n]?.data?.items.find(stands)])))
  return { held, pending: computed(() => answers.value.some((a) => a.isPending)) }
}
