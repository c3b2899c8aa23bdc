import { onLoad, onPullDownRefresh, onShow } from '@dcloudio/uni-app'
import { ref, shallowRef } from 'vue'
import { asProblem, type Problem } from '@/api/problem'

/** What a page shows, loaded whenever the page appears: value, or problem, or neither yet. */
export function useLoad<T>(load: () => Promise<T>) {
  const value = shallowRef<T>()
  const problem = ref<Problem>()
  async function reload() {
    problem.value = undefined
    try {
      value.value = await load()
    } catch (e) {
      problem.value = asProblem(e)
    }
  }
  onShow(() => void reload())
  onPullDownRefresh(() => void reload().finally(() => uni.stopPullDownRefresh()))
  return { value, problem, reload }
}

/** The parameters of the page, there before the first load. */
export function useQuery(): Record<string, string> {
  const query: Record<string, string> = {}
  onLoad((q) => void Object.assign(query, q))
  return query
}

interface Page<T> {
  items: T[] | null
  next_cursor?: string
}

/** A list that grows page by page. */
export function useList<T>(fetch: (cursor: string | undefined) => Promise<Page<T>>, now = true) {
  const items = shallowRef<T[]>([])
  const state = ref<'loading' | 'more' | 'end' | 'error'>('loading')
  const problem = ref<Problem>()
  let cursor: string | undefined
  async function more() {
    state.value = 'loading'
    try {
      const page = await fetch(cursor)
      items.value = cursor === undefined ? (page.items ?? []) : [...items.value, ...(page.items ?? [])]
      cursor = page.next_cursor
      state.value = cursor ? 'more' : 'end'
    } catch (e) {
      problem.value = asProblem(e)
      state.value = 'error'
    }
  }
  function restart() {
    cursor = undefined
    return more()
  }
  if (now) onShow(() => void restart())
  return { items, state, problem, more, restart }
}
