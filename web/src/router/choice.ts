import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** What is chosen on a screen stands in its address, so that it survives going there and back. Never anything personal. */
export function useChoices() {
  const route = useRoute()
  const router = useRouter()
  const now = (name: string) => (route.query[name] ? String(route.query[name]) : undefined)
  const put = (name: string, v: string | undefined) => void router.replace({ query: { ...route.query, [name]: v || undefined } })
  const clear = () => void router.replace({ query: {} })
  /** One choice by its name, which stands in the address unless it is the usual one. */
  function choice(name: string, otherwise = '') {
    return computed({ get: () => now(name) ?? otherwise, set: (v: string | undefined) => put(name, v === otherwise ? undefined : v) })
  }
  return { choice, now, put, clear }
}

/** A query without what was not chosen. */
export function chosen<T extends object>(query: T): { [K in keyof T]?: Exclude<T[K], '' | false | null> } {
  return Object.fromEntries(Object.entries(query).filter(([, v]) => v !== '' && v !== undefined && v !== false && v !== null)) as never
}
