const pages: Record<string, string> = { home: '/pages/home/home', mine: '/pages/mine/mine' }

/** Opens a page: go('resident/team', {id}) is /resident/team/team?id=…. */
export function go(page: string, query: Record<string, string | undefined> = {}) {
  const q = Object.entries(query).filter(([, v]) => v !== undefined && v !== '').map(([k, v]) => `${k}=${encodeURIComponent(v ?? '')}`)
  const last = page.split('/').pop() ?? page
  uni.navigateTo({ url: `${pages[page] ?? `/${page}/${last}`}${q.length ? `?${q.join('&')}` : ''}` })
}

/** Goes home and forgets the way. */
export const goHome = () => uni.reLaunch({ url: pages.home ?? '' })

/** Says in passing that something is done. */
export const done = (title: string) => uni.showToast({ title, icon: 'none', duration: 2500 })

/** Calls a number; a browser without a telephone shows it. */
export function dial(phone: string) {
  // #ifdef H5
  location.href = `tel:${phone}`
  // #endif
  // #ifndef H5
  uni.makePhoneCall({ phoneNumber: phone, fail: () => undefined })
  // #endif
}
