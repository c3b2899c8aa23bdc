import { noAnswer } from '@/api/problem'
import { server } from '@/api/client'
import { loadSettings, settings } from './settings'

/** A user of the WeChat stand-in of a demonstration. */
export interface PocketUser {
  openid: string
  label: string
}

/** A single-use code for signing in. In a browser outside WeChat only a demonstration has one. */
export async function loginCode(user?: string): Promise<string> {
  // #ifdef MP-WEIXIN
  return new Promise((resolve, reject) => {
    uni.login({ provider: 'weixin', success: (r) => resolve(r.code), fail: () => reject(noAnswer()) })
  })
  // #endif
  // #ifndef MP-WEIXIN
  return pocketCode('login', user ?? '')
  // #endif
}

/** A single-use code from the stand-in. */
export async function pocketCode(what: 'login' | 'phone', user: string): Promise<string> {
  const r = (await pocket('POST', `?user=${encodeURIComponent(user)}&for=${what}`)) as { code: string }
  return r.code
}

/** The users of the stand-in. */
export async function pocketUsers(): Promise<PocketUser[]> {
  await loadSettings()
  if (!settings.value.wechat_login_url) return []
  return ((await pocket('GET', '')) as { users: PocketUser[] }).users
}

function pocket(method: 'GET' | 'POST', query: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    uni.request({
      url: `${server}${settings.value.wechat_login_url ?? ''}${query}`, method,
      success: (r) => (r.statusCode === 200 ? resolve(r.data) : reject(noAnswer())),
      fail: () => reject(noAnswer()),
    })
  })
}
