import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { useQuery } from '@tanstack/vue-query'
import { getBlob } from '@/api/client'
import type { Problem } from '@/api/problem'

/** A picture that needs the session: read with it, shown as a data URL. */
export function usePicture(url: MaybeRefOrGetter<string>, enabled: MaybeRefOrGetter<boolean> = true) {
  return useQuery<string, Problem>({
    queryKey: computed(() => ['picture', toValue(url)]),
    queryFn: async ({ signal }) => dataUrl(await getBlob(toValue(url), signal)),
    enabled: computed(() => toValue(enabled)),
    staleTime: Infinity,
  })
}

function dataUrl(b: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result as string)
    reader.onerror = () => reject(reader.error as Error)
    reader.readAsDataURL(b)
  })
}
