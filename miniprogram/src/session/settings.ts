import { ref } from 'vue'
import { api } from '@/api/client'
import type { Of } from '@/api/types'

/** What the installation tells phones before anyone has signed in. */
export const settings = ref<Of<'ClientSettings'>>({ demo: false, id_card_camera: false })

let loading: Promise<void> | undefined

/** Loads the settings once; without an answer the next caller tries again. */
export function loadSettings(): Promise<void> {
  loading ??= api.get('/client-settings').then(
    (s) => void (settings.value = s),
    () => void (loading = undefined),
  )
  return loading
}
