import type { Component } from 'vue'
import { caseList, caseNew, caseView } from '@/cases/screens'
import type { TextKey } from '@/texts'

/** A screen: where it is, what it is called, who has it in the menu, and its page. */
export interface Screen {
  name: string
  path: string
  title: TextKey
  permission?: string // of models/permission.go; everyone signed in without
  menu?: { group: TextKey; icon: string } // in the side menu when given
  page: () => Promise<{ default: Component }>
}

/** The one table of screens, in the order of the menu. */
export const screens: Screen[] = [
  { name: 'today', path: '/today', title: 'screen.today', permission: 'task.read', menu: { group: 'menu.work', icon: 'Calendar' }, page: () => import('@/pages/today/TodayPage.vue') },
  { name: 'residents', path: '/residents', title: 'screen.residents', permission: 'resident.read', menu: { group: 'menu.work', icon: 'User' }, page: () => import('@/pages/resident/ResidentsPage.vue') },
  { name: 'referrals', path: '/referrals', title: 'screenReferral.list', permission: 'referral.read', menu: { group: 'menu.cases', icon: 'Switch' }, page: caseList(() => import('@/pages/referral/referral')) },
  { name: 'overview', path: '/overview', title: 'screen.overview', permission: 'stats.read', menu: { group: 'menu.numbers', icon: 'DataAnalysis' }, page: () => import('@/pages/overview/OverviewPage.vue') },
  { name: 'rate-people', path: '/overview/people', title: 'screen.ratePeople', permission: 'resident.read', page: () => import('@/pages/overview/PeoplePage.vue') },

  { name: 'resident-new', path: '/residents/new', title: 'screen.residentNew', permission: 'resident.write', page: () => import('@/pages/resident/ResidentNewPage.vue') },
  { name: 'resident', path: '/residents/:id(\\d+)', title: 'screen.resident', permission: 'resident.read', page: () => import('@/pages/resident/ResidentPage.vue') },
  { name: 'resident-edit', path: '/residents/:id(\\d+)/edit', title: 'screen.residentEdit', permission: 'resident.write', page: () => import('@/pages/resident/ResidentEditPage.vue') },
  { name: 'followup-new', path: '/residents/:id(\\d+)/followup', title: 'screen.followupNew', permission: 'followup.write', page: () => import('@/pages/followup/FollowupPage.vue') },

  { name: 'referral-new', path: '/referrals/new', title: 'screenReferral.new', permission: 'referral.write', page: caseNew(() => import('@/pages/referral/referral')) },
  { name: 'referral', path: '/referrals/:id(\\d+)', title: 'screenReferral.one', permission: 'referral.read', page: caseView(() => import('@/pages/referral/referral')) },
]
