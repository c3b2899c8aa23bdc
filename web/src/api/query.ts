import { keepPreviousData, QueryClient, useInfiniteQuery, useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { get, type GetData, type GetParams, type GetPath } from './client'
import { isProblem, type Problem } from './problem'

/** The one key of everything that is read: the path's template, then its parameters. */
export function keyOf<P extends GetPath>(path: P, params?: GetParams<P>): readonly unknown[] {
  return params === undefined ? [path] : [path, params]
}

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: false,
      // A lost network is tried again; a refusal is an answer.
      retry: (count, e) => isProblem(e) && e.unanswered && count < 2,
    },
    mutations: { retry: false },
  },
})

/** Everything read from these paths is read again when it is shown next, or now if it is. */
export function outdated(...paths: GetPath[]): Promise<unknown> {
  return Promise.all(paths.map((p) => queries.invalidateQueries({ queryKey: [p] })))
}

interface ReadOptions<D = unknown> {
  enabled?: MaybeRefOrGetter<boolean>
  every?: number | ((data: D | undefined) => number | false) // milliseconds; reads again while the page is in front
  keep?: boolean // show the former rows while another choice loads
}

/** Reads one path; parameters may be a getter. */
export function useGet<P extends GetPath>(path: P, params?: MaybeRefOrGetter<GetParams<P> | undefined>, o: ReadOptions<GetData<P>> = {}) {
  const every = o.every
  return useQuery<GetData<P>, Problem>({
    queryKey: computed(() => keyOf(path, toValue(params))),
    queryFn: ({ signal }) => get(path, toValue(params), signal),
    enabled: computed(() => toValue(o.enabled) ?? true),
    refetchInterval: typeof every === 'function' ? (q) => every(q.state.data) : (every ?? false),
    placeholderData: o.keep ? (keepPreviousData as never) : undefined,
  })
}

type Page<P extends GetPath> = GetData<P> extends { items: (infer T)[]; next_cursor?: string } ? T : never

/** Reads a list page by page, by its cursor. */
export function useList<P extends GetPath>(path: P, params: MaybeRefOrGetter<GetParams<P>>, o: Pick<ReadOptions, 'enabled'> & { every?: number } = {}) {
  const q = useInfiniteQuery<{ items: Page<P>[]; next_cursor?: string }, Problem>({
    queryKey: computed(() => [path, toValue(params), 'pages']),
    queryFn: async ({ signal, pageParam }) => {
      const p = toValue(params) as { query?: object }
      const query = { ...p.query, ...(pageParam ? { cursor: pageParam } : {}) }
      return (await get(path, { ...p, query } as unknown as GetParams<P>, signal)) as { items: Page<P>[]; next_cursor?: string }
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor,
    enabled: computed(() => toValue(o.enabled) ?? true),
    refetchInterval: o.every ?? false,
  })
  return { ...q, items: computed(() => q.data.value?.pages.flatMap((p) => p.items) ?? []) }
}
