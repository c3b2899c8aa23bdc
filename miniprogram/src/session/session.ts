import { computed, ref } from 'vue'
import { api, newKey, session as hooks } from '@/api/client'
import { asProblem } from '@/api/problem'
import type { Me, Of } from '@/api/types'
import { kept } from './store'
import { loginCode } from './wechat'

interface Tokens {
  access: string
  refresh: string
}

const tokens = ref<Tokens | undefined>(kept.get<Tokens>('tokens'))
/** Who is signed in, as the server last told. */
export const me = ref<Me | undefined>(kept.get<Me>('me'))
/** Whether someone is signed in. */
export const signedIn = computed(() => tokens.value !== undefined)
/** Whether it is a member of staff. */
export const isStaff = computed(() => me.value !== undefined && me.value.role !== 'resident')

function keep(t: Of<'Tokens'>) {
  tokens.value = { access: t.access_token, refresh: t.refresh_token ?? '' }
  kept.set('tokens', tokens.value)
}

/** Signs in with WeChat; user names a person of a demonstration. */
export async function signInWechat(user?: string): Promise<void> {
  keep(await api.post('/auth/wechat', { code: await loginCode(user) }))
  if (user) kept.set('pocket-user', user)
  await loadMe()
}

/** Signs a member of staff in. */
export async function signInStaff(username: string, password: string, otp: string): Promise<void> {
  keep(await api.post('/auth/staff', { username, password, ...(otp ? { otp } : {}) }))
  await loadMe()
}

/** Asks the server who is signed in. */
export async function loadMe(): Promise<Me> {
  return keepMe(await api.get('/me'))
}

/** Keeps what the server told of who is signed in. */
export function keepMe(told: Me): Me {
  me.value = told
  kept.set('me', told)
  return told
}

/** Ends the session here and, where it can be reached, on the server. */
export async function signOut(): Promise<void> {
  await api.post('/auth/logout').catch(() => undefined)
  forget()
}

function forget() {
  tokens.value = undefined
  me.value = undefined
  for (const name of ['tokens', 'me', 'acting']) kept.drop(name)
}

let refreshing: Promise<boolean> | undefined
// The key outlives the app, so that a refresh whose answer was lost is answered again.
async function refresh(): Promise<boolean> {
  const old = tokens.value
  if (!old) return false
  const key = kept.get<string>('refresh-key') ?? newKey()
  kept.set('refresh-key', key)
  try {
    keep(await api.post('/auth/refresh', { refresh_token: old.refresh }, { key, bare: true }))
    kept.drop('refresh-key')
    return true
  } catch (e) {
    if (asProblem(e).temporary) throw e
    kept.drop('refresh-key')
    return false
  }
}

hooks.token = () => tokens.value?.access ?? ''
hooks.refresh = () => (refreshing ??= refresh().finally(() => (refreshing = undefined)))
hooks.lost = () => {
  const staff = isStaff.value
  forget()
  uni.reLaunch({ url: staff ? '/doctor/sign-in/sign-in' : '/pages/sign-in/sign-in' })
}
