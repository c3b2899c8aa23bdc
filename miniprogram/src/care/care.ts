import { computed, ref, watch } from 'vue'
import { api } from '@/api/client'
import type { Me } from '@/api/types'
import { kept } from '@/session/store'
import { keepMe, me } from '@/session/session'

/** 关怀模式 of an account: on, off, or as WeChat's font setting says. */
export type CareMode = Me['care_mode']

// The choice lies with the account (domain §7.5), and with it in the copy of GET /me. Here lies
// one that the server does not have yet, by account: a phone goes from hand to hand in a family.
const nobody = 'care.nobody'
const unsent = () => (me.value ? `care.${me.value.resident?.id ?? me.value.account_id ?? 'newcomer'}` : nobody)
const tick = ref(0)
const system = ref(false)

/** WeChat's text from this factor on counts as its care mode (domain §7.5). */
const largeFont = 1.3

/** The choice that holds: what was tapped last, else the account's. */
export const careMode = computed<CareMode>(() => {
  void tick.value
  return kept.get<CareMode>(unsent()) ?? me.value?.care_mode ?? 'auto'
})

/** Whether pages show 关怀模式. */
export const care = computed(() => (careMode.value === 'auto' ? system.value : careMode.value === 'on'))

/** Chooses for this account: at once here, and on the server as soon as it can be reached. */
export async function setCare(mode: CareMode): Promise<void> {
  kept.set(unsent(), mode)
  tick.value++
  await sendCare()
}

let sending: Promise<void> | undefined

/** Sends a choice that waits; without an answer it waits on. Two calls at once are one. */
export function sendCare(): Promise<void> {
  return (sending ??= send().finally(() => (sending = undefined)))
}

async function send() {
  for (let name = unsent(), mode = kept.get<CareMode>(name); mode && me.value; mode = kept.get<CareMode>(name)) {
    const told = await api.post('/me/display', { care_mode: mode }).catch(() => undefined)
    if (!told || unsent() !== name) return // not told, or another account meanwhile
    if (kept.get(name) === mode) kept.drop(name) // else it was chosen anew meanwhile
    keepMe({ ...me.value, care_mode: told.care_mode })
  }
}

// What was chosen before signing in is for whoever signs in next and has chosen nothing yet.
watch(
  me,
  (now, before) => {
    if (!now) return
    const chosen = kept.get<CareMode>(nobody)
    if (chosen && !before) {
      kept.drop(nobody)
      if (now.care_mode === 'auto') kept.set(unsent(), chosen)
    }
    tick.value++
    void sendCare()
  },
  { flush: 'sync' },
)

/** Reads the font setting of WeChat; browsers have none. */
export function followSystemFont() {
  // #ifdef MP-WEIXIN
  const info = uni.getAppBaseInfo() as { fontSizeScaleFactor?: number; fontSizeSetting?: number }
  system.value = (info.fontSizeScaleFactor ?? 1) >= largeFont || (info.fontSizeSetting ?? 16) >= 20
  // #endif
  void largeFont
}
