import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** What is chosen on a screen stands in its address, so that it survives going there and back. Never anything personal. */
export function useChoices() {
  const route = useRoute()
  const router = useRouter()
  function choice(name: string, otherwise = '') {
    return computed({
      get: () => String(route.query[name] ?? otherwise),
      set: (v: string | undefined) => void router.replace({ query: { ...route.query, [name]: v && v !== otherwise ? v : undefined } }),
    })
  }
  return { choice, clear: () => void router.replace({ query: {} }) }
}

/** A query without what was not chosen. */
export function chosen<T extends object>(query: T): { [K in keyof T]?: Exclude<T[K], '' | false | null> } {
  return Object.fromEntries(Object.entries(query).filter(([, v]) => v !== '' && v !== undefined && v !== false && v !== null)) as never
}
