import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { can, session, start } from '@/session/session'
import { t, type TextKey } from '@/texts'
import { screens } from './table'

declare module 'vue-router' {
  interface RouteMeta {
    title?: TextKey
    permission?: string | readonly string[]
    door?: boolean // shown without a session, outside the shell
  }
}

const pages: RouteRecordRaw[] = screens.map((s) => ({ name: s.name, path: s.path, component: s.page, meta: { title: s.title, permission: s.permission } }))

/** The first screen of the menu that the person has. */
export function homePath(): string {
  return screens.find((s) => s.menu !== undefined && can(s.permission))?.path ?? '/welcome'
}

export const router = createRouter({
  history: createWebHistory(),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/', name: 'home', component: () => import('@/pages/other/WelcomePage.vue') },
    { path: '/sign-in', name: 'sign-in', component: () => import('@/pages/door/SignInPage.vue'), meta: { title: 'screen.signIn', door: true } },
    { path: '/verify', name: 'verify', component: () => import('@/pages/contract/VerifyPage.vue'), meta: { title: 'screenSign.verify', door: true } },
    { path: '/welcome', name: 'welcome', component: () => import('@/pages/other/WelcomePage.vue'), meta: { title: 'screen.welcome' } },
    ...pages,
    { path: '/:rest(.*)*', name: 'not-found', component: () => import('@/pages/other/NotFoundPage.vue'), meta: { title: 'screen.notFound' } },
  ],
})

router.beforeEach(async (to) => {
  await start()
  if (session.state === 'out' && !to.meta.door) return { name: 'sign-in', query: to.path === '/' ? {} : { next: to.fullPath } }
  if (session.state !== 'out' && to.name === 'sign-in') return { path: '/' }
  if (to.path === '/' ) return homePath()
  return true
})

router.afterEach((to) => {
  document.title = (to.meta.title ? t(to.meta.title) + ' · ' : '') + t('app.name')
})
