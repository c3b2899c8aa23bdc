import { computed, ref } from 'vue'
import { me } from './session'
import { kept } from './store'

const acting = ref(kept.get<string>('acting') ?? '')

/** Whom the signed-in resident acts for: themselves or a ward who is still one. */
export const person = computed(() => {
  const self = me.value?.resident
  return me.value?.wards?.find((w) => w.id === acting.value) ?? self
})

/** Whether it is someone else. */
export const actsForOther = computed(() => person.value !== undefined && person.value.id !== me.value?.resident?.id)

/** Self and wards. */
export const family = computed(() => (me.value?.resident ? [me.value.resident, ...(me.value.wards ?? [])] : []))

/** Acts for a person from now on. */
export function actFor(id: string) {
  acting.value = id
  kept.set('acting', id)
}

/** resident_id for calls. */
export const personId = () => person.value?.id ?? ''
