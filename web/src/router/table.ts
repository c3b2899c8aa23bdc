import type { Component } from 'vue'
import type { TextKey } from '@/texts'

/** A screen: where it is, what it is called, who has it in the menu, and its page. */
export interface Screen {
  name: string
  path: string
  title: TextKey
  permission?: string | readonly string[] // of models/permission.go, one of several; everyone signed in without
  menu?: { group: TextKey; icon: string } // in the side menu when given
  page: () => Promise<{ default: Component }>
}

/** The one table of screens, in the order of the menu. */
export const screens: Screen[] = [
  { name: 'today', path: '/today', title: 'screen.today', permission: 'task.read', menu: { group: 'menu.work', icon: 'Calendar' }, page: () => import('@/pages/today/TodayPage.vue') },
  { name: 'residents', path: '/residents', title: 'screen.residents', permission: 'resident.read', menu: { group: 'menu.work', icon: 'User' }, page: () => import('@/pages/resident/ResidentsPage.vue') },
  { name: 'overview', path: '/overview', title: 'screen.overview', permission: 'stats.read', menu: { group: 'menu.numbers', icon: 'DataAnalysis' }, page: () => import('@/pages/overview/OverviewPage.vue') },
  { name: 'overview-tree', path: '/overview/tree', title: 'overview.tree', permission: 'stats.read', menu: { group: 'menu.numbers', icon: 'Share' }, page: () => import('@/pages/overview/TreePage.vue') },
  { name: 'overview-matrix', path: '/overview/populations', title: 'overview.matrix', permission: 'stats.read', menu: { group: 'menu.numbers', icon: 'Grid' }, page: () => import('@/pages/overview/MatrixPage.vue') },
  { name: 'rate-people', path: '/overview/people', title: 'screen.ratePeople', permission: 'resident.read', page: () => import('@/pages/overview/PeoplePage.vue') },

  { name: 'gap', path: '/gap', title: 'gap.title', permission: 'task.read', menu: { group: 'menu.team', icon: 'Aim' }, page: () => import('@/pages/gap/GapPage.vue') },
  { name: 'flags', path: '/flags', title: 'flag.title', permission: 'flag.review', menu: { group: 'menu.team', icon: 'Flag' }, page: () => import('@/pages/flag/FlagsPage.vue') },
  { name: 'capacity', path: '/capacity', title: 'capacity.title', permission: 'stats.read', menu: { group: 'menu.team', icon: 'Odometer' }, page: () => import('@/pages/capacity/CapacityPage.vue') },
  { name: 'handovers', path: '/handovers', title: 'handover.title', permission: 'handover.read', menu: { group: 'menu.team', icon: 'Switch' }, page: () => import('@/pages/handover/HandoversPage.vue') },
  { name: 'handover-new', path: '/handovers/new', title: 'handover.planTitle', permission: 'handover.write', page: () => import('@/pages/handover/HandoverNewPage.vue') },
  { name: 'handover', path: '/handovers/:id(\\d+)', title: 'handover.page', permission: 'handover.read', page: () => import('@/pages/handover/HandoverPage.vue') },

  { name: 'month-report', path: '/reports/monthly', title: 'report.title', permission: 'stats.read', menu: { group: 'menu.numbers', icon: 'Document' }, page: () => import('@/pages/report/MonthReportPage.vue') },
  { name: 'indicator-people', path: '/reports/people', title: 'overview.indicatorPeople', permission: 'resident.read', page: () => import('@/pages/report/IndicatorPeoplePage.vue') },
  { name: 'assessments', path: '/assessments', title: 'assessment.title', permission: 'assessment.read', menu: { group: 'menu.numbers', icon: 'Medal' }, page: () => import('@/pages/assessment/AssessmentsPage.vue') },
  { name: 'assessment', path: '/assessments/:id(\\d+)', title: 'assessment.page', permission: 'assessment.read', page: () => import('@/pages/assessment/AssessmentPage.vue') },
  { name: 'settlements', path: '/settlements', title: 'settlement.title', permission: 'settlement.read', menu: { group: 'menu.numbers', icon: 'Money' }, page: () => import('@/pages/settlement/SettlementsPage.vue') },
  { name: 'settlement', path: '/settlements/:id(\\d+)', title: 'settlement.page', permission: 'settlement.read', page: () => import('@/pages/settlement/SettlementPage.vue') },
  { name: 'exports', path: '/exports', title: 'exports.title', permission: 'export.ask', menu: { group: 'menu.numbers', icon: 'Download' }, page: () => import('@/pages/export/ExportsPage.vue') },
  { name: 'export', path: '/exports/:id(\\d+)', title: 'exports.page', permission: 'export.ask', page: () => import('@/pages/export/ExportPage.vue') },

  { name: 'institutions', path: '/institutions', title: 'org.institutions', permission: ['org.write', 'account.admin'], menu: { group: 'menu.admin', icon: 'OfficeBuilding' }, page: () => import('@/pages/organisation/InstitutionsPage.vue') },
  { name: 'teams', path: '/teams', title: 'org.teams', permission: ['org.write', 'account.admin'], menu: { group: 'menu.admin', icon: 'Avatar' }, page: () => import('@/pages/organisation/TeamsPage.vue') },
  { name: 'team', path: '/teams/:id(\\d+)', title: 'org.team', permission: 'org.read', page: () => import('@/pages/organisation/TeamPage.vue') },
  { name: 'villages', path: '/villages', title: 'org.villages', permission: 'org.write', menu: { group: 'menu.admin', icon: 'MapLocation' }, page: () => import('@/pages/organisation/VillagesPage.vue') },
  { name: 'staff', path: '/staff', title: 'org.staff', permission: ['org.write', 'account.admin'], menu: { group: 'menu.admin', icon: 'Postcard' }, page: () => import('@/pages/organisation/StaffPage.vue') },
  { name: 'imports', path: '/imports', title: 'imports.title', permission: 'import.file', menu: { group: 'menu.admin', icon: 'Upload' }, page: () => import('@/pages/import/ImportsPage.vue') },
  { name: 'import', path: '/imports/:id(\\d+)', title: 'imports.page', permission: 'import.file', page: () => import('@/pages/import/ImportPage.vue') },
  { name: 'packages', path: '/packages', title: 'pack.title', permission: 'org.write', menu: { group: 'menu.admin', icon: 'Box' }, page: () => import('@/pages/catalogue/PackagesPage.vue') },
  { name: 'agreements', path: '/agreements', title: 'template.title', permission: 'catalogue.write', menu: { group: 'menu.admin', icon: 'Notebook' }, page: () => import('@/pages/catalogue/AgreementsPage.vue') },
  { name: 'targets', path: '/targets', title: 'target.title', permission: ['target.write', 'org.write'], menu: { group: 'menu.admin', icon: 'TrendCharts' }, page: () => import('@/pages/catalogue/TargetsPage.vue') },
  { name: 'accounts', path: '/accounts', title: 'account.title', permission: 'account.admin', menu: { group: 'menu.admin', icon: 'Key' }, page: () => import('@/pages/account/AccountsPage.vue') },
  { name: 'audit', path: '/audit', title: 'audit.title', permission: 'audit.read', menu: { group: 'menu.admin', icon: 'List' }, page: () => import('@/pages/audit/AuditPage.vue') },
  { name: 'roles', path: '/roles', title: 'roles.title', permission: ['account.admin', 'audit.read', 'catalogue.write'], menu: { group: 'menu.admin', icon: 'UserFilled' }, page: () => import('@/pages/account/RolesPage.vue') },
  { name: 'policy', path: '/security-policy', title: 'policy.title', permission: ['account.admin', 'audit.read', 'catalogue.write'], menu: { group: 'menu.admin', icon: 'Lock' }, page: () => import('@/pages/audit/PolicyPage.vue') },

  { name: 'resident-new', path: '/residents/new', title: 'screen.residentNew', permission: 'resident.write', page: () => import('@/pages/resident/ResidentNewPage.vue') },
  { name: 'resident', path: '/residents/:id(\\d+)', title: 'screen.resident', permission: 'resident.read', page: () => import('@/pages/resident/ResidentPage.vue') },
  { name: 'resident-edit', path: '/residents/:id(\\d+)/edit', title: 'screen.residentEdit', permission: 'resident.write', page: () => import('@/pages/resident/ResidentEditPage.vue') },
  { name: 'followup-new', path: '/residents/:id(\\d+)/followup', title: 'screen.followupNew', permission: 'followup.write', page: () => import('@/pages/followup/FollowupPage.vue') },
]
