import { computed, ref } from 'vue'
import { kept } from '@/session/store'
import { me } from '@/session/session'

// The choice is kept by account: a phone goes from hand to hand in a family.
const who = () => `care.${me.value?.resident?.id ?? me.value?.staff_id ?? 'anyone'}`
const tick = ref(0)
const system = ref(false)

/** WeChat's text from this factor on counts as its care mode (domain §7.5). */
const largeFont = 1.3

/** Whether pages show 关怀模式: the person's own choice, or WeChat's font setting. */
export const care = computed(() => {
  void tick.value
  return kept.get<boolean>(who()) ?? system.value
})

/** Chooses for this account. */
export function setCare(on: boolean) {
  kept.set(who(), on)
  tick.value++
}

/** Reads the font setting of WeChat; browsers have none. */
export function followSystemFont() {
  // #ifdef MP-WEIXIN
  const info = uni.getAppBaseInfo() as { fontSizeScaleFactor?: number; fontSizeSetting?: number }
  system.value = (info.fontSizeScaleFactor ?? 1) >= largeFont || (info.fontSizeSetting ?? 16) >= 20
  // #endif
  void largeFont
}
